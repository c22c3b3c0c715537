import type { Acting, ResponseItem } from '@clinic-widgets/core';
import { dayOf } from '@clinic-widgets/core/time.js';

/** Whose answers to which form they are. */
interface Draft {
  readonly acting: Acting;
  readonly formId: string;
  readonly appointmentId: string;
}

/** What was answered, and in which language it was asked. */
export interface Kept {
  readonly items: readonly ResponseItem[];
  readonly language: string;
}

/** Keeps answers that were not handed in yet. */
export interface Drafts {
  /** With a zone, what was answered on an earlier day of that zone is not told. */
  read(draft: Draft, timeZone?: string): Kept | undefined;
  write(draft: Draft, kept: Kept): void;
  remove(draft: Draft): void;
  /** Removes all that was answered for a patient, whoever answered. */
  forget(patientId: string): void;
}

/** Answers that were left for longer are forgotten: a day later much of it may have changed. */
const MOST_HOURS = 24;

/** Drafts in a storage of the page's, such as `localStorage` on the patient's own device. */
export function draftsIn(storage: Storage, now: () => string): Drafts {
  const nameOf = ({ acting, formId, appointmentId }: Draft): string =>
    ['clinic-form', acting.patientId, acting.representativeId ?? '', formId, appointmentId]
      .map(encodeURIComponent)
      .join(' ');
  /** A full or forbidden storage is no reason to stop: the answers are still on the screen. */
  const attempt = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch {
      return undefined;
    }
  };
  return {
    read: (draft, timeZone) =>
      attempt(() => {
        const kept = JSON.parse(storage.getItem(nameOf(draft)) ?? 'null') as (Kept & { at: string }) | null;
        if (!Array.isArray(kept?.items) || kept.items.length === 0) return undefined;
        const isLate = Date.parse(now()) - Date.parse(kept.at) >= MOST_HOURS * 3_600_000;
        if (!isLate && !(timeZone && dayOf(kept.at, timeZone) !== dayOf(now(), timeZone))) return kept;
        storage.removeItem(nameOf(draft));
        return undefined;
      }),
    write: (draft, kept) => void attempt(() => storage.setItem(nameOf(draft), JSON.stringify({ at: now(), ...kept }))),
    remove: (draft) => void attempt(() => storage.removeItem(nameOf(draft))),
    forget: (patientId) =>
      void attempt(() => {
        const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
        const ofPatient = `clinic-form ${encodeURIComponent(patientId)} `;
        for (const name of names) if (name.startsWith(ofPatient)) storage.removeItem(name);
      }),
  };
}
