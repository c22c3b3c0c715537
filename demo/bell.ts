/** A bell that browsers let ring only after somebody has touched the page. */
export interface Bell {
  readonly isOn: () => boolean;
  /** Only from within a click or a key: turns it on and lets it be heard once, or off. */
  switch(): Promise<void>;
  /** Rings, where it is on. */
  ring(): void;
}

/** Two tones, the second lower: to be told from the devices around. */
const TONES = [
  { hertz: 880, at: 0 },
  { hertz: 660, at: 0.28 },
] as const;
const SECONDS = 0.5;

/** Makes a bell that is off. */
export function bell(): Bell {
  let audio: AudioContext | undefined;
  let isOn = false;

  function ring(): void {
    if (!isOn || !audio) return;
    for (const { hertz, at } of TONES) {
      const start = audio.currentTime + at;
      const volume = new GainNode(audio, { gain: 0 });
      // A tone that starts or ends at full volume clicks.
      volume.gain.linearRampToValueAtTime(0.25, start + 0.02);
      volume.gain.setValueAtTime(0.25, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, start + SECONDS);
      const tone = new OscillatorNode(audio, { frequency: hertz });
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + SECONDS);
    }
  }

  return {
    isOn: () => isOn,
    async switch() {
      audio ??= new AudioContext();
      await audio.resume();
      isOn = !isOn;
      ring();
    },
    ring,
  };
}
