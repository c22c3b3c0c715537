// Apart from the schemas and without them: what every adapter that identifies has in common.
import type { Authority, Claim, Factor, Identification, IdentifyRequest } from './check-in.ts';
import type { Acting } from './common.ts';
import { ClinicError } from './errors.ts';
import { newKey } from './key.ts';

/** Letters that are written with a stroke or as one, and which no normal form takes apart. */
const STROKES: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

/** What makes no name by itself: `la` is not `de la Cruz`. */
const PARTICLES: readonly string[] =
  'a al ap ben bin bint d da de del della den der des di do dos du e el ibn la las le los mac mc san st ter van vom von y zu'.split(
    ' ',
  );

/**
 * The letters and digits of a text, as someone types it who leaves capitals, accents, hyphens and spaces out. Unicode
 * takes some apostrophes for letters (the ʻokina), but the marks 々 and ー are of a name as much as any letter.
 */
export const plainName = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[øłđðħıßæœþ]/g, (letter) => STROKES[letter]!)
    // `İ` has its dot only once it is small.
    .normalize('NFD')
    .replace(/\p{M}|(?![々〻ゝヽー])\p{Lm}|[^\p{L}\p{N}]/gu, '');

/** The names that somebody is known by. */
export interface KnownNames {
  /** Given names, each by itself. */
  readonly given: readonly string[];
  /** Family names, those of before too. */
  readonly family: readonly string[];
  /** What they are called, nicknames, earlier names as a whole: each may be said for a given or a family name. */
  readonly other?: readonly string[];
}

/** How a name that was said is one that is known: as a whole, or by a part of it, which may be that of others too. */
export type Match = 'whole' | 'part' | 'none';

/**
 * Compares a name that was said with those that are known. Nothing is guessed: what is spelled otherwise is another
 * name, and what says nothing but words that were told before is none.
 */
export function matchName(said: string, known: readonly string[], told: readonly string[] = []): Match {
  const matches = known.map((name): Match => {
    const run = runIn(name, said);
    if (run.every((word) => told.includes(word))) return 'none';
    return run.length === wordsOf(name).length ? 'whole' : 'part';
  });
  return matches.includes('whole') ? 'whole' : matches.includes('part') ? 'part' : 'none';
}

/** Compares a family name, for which an earlier or preferred name may be said too. */
export const matchFamilyName = (said: string, names: KnownNames): Match => matchName(said, familyOf(names));

/**
 * Compares a given name, for which all of them, or a preferred name, may be said too. What the family name that was
 * claimed has told of any of them shows nothing once more.
 */
export const matchGivenName = (said: string, names: KnownNames, claimed = ''): Match =>
  matchName(
    said,
    givenOf(names),
    familyOf(names).flatMap((name) => runIn(name, claimed)),
  );

const givenOf = ({ given, other = [] }: KnownNames): readonly string[] => [...given, given.join(' '), ...other];
const familyOf = ({ family, other = [] }: KnownNames): readonly string[] => [...family, ...other];

const wordsOf = (name: string): readonly string[] =>
  name
    .split(/[\s\p{Pd}]+/u)
    .map(plainName)
    .filter(Boolean);

/** The words of a known name that make what was said: all of them, or some that follow each other and are not particles alone. */
function runIn(name: string, said: string): readonly string[] {
  const wanted = plainName(said);
  const words = wordsOf(name);
  const parts = words
    .flatMap((_, from) => words.slice(from).map((_, length) => words.slice(from, from + length + 1)))
    .filter((run) => run.some((word) => !PARTICLES.includes(word)));
  return [words, ...parts].find((run) => run.join('') === wanted) ?? [];
}

/** The last four digits of a telephone number, without its extension; nothing where it has fewer. */
export function lastFour(phone: string): string | undefined {
  const digits = phone.replace(/(ext|x|#|;).*$/i, '').replace(/\D/g, '');
  return digits.length < 4 ? undefined : digits.slice(-4);
}

/** A postal code as it is compared: without spaces, and a ZIP code without its last four digits. */
export function plainPostalCode(code: string): string | undefined {
  const plain = plainName(code);
  return /^\d{9}$/.test(plain) ? plain.slice(0, 5) : plain || undefined;
}

/** `R. D.`: all that is shown before somebody is known. */
export function initialsOf(...names: readonly (string | undefined)[]): string {
  const initials = names.map((name) => [...(name?.trim() ?? '')].find((letter) => /(?!\p{Lm})\p{L}/u.test(letter)));
  return initials
    .map((letter) => (letter === undefined ? '' : `${letter.toUpperCase()}.`))
    .filter(Boolean)
    .join(' ');
}

/** Somebody whom a claim may be about, as much as is needed to tell. */
export interface Candidate {
  readonly id: string;
  readonly names: KnownNames;
  readonly birthDate?: string | undefined;
  readonly phones: readonly string[];
  readonly postalCodes: readonly string[];
  /** Their next visit of today; absent where they have none. */
  readonly visit?: { readonly start?: string | undefined; readonly timeZone: string } | undefined;
}

/** How somebody's answer about a factor compares with what is known of them, once a family name was claimed. */
export function matchFactor(
  factor: Factor,
  said: string,
  { names, phones, postalCodes }: Candidate,
  claimed?: string,
): Match {
  if (factor === 'given-name') return matchGivenName(said, names, claimed);
  const answers = factor === 'phone-last-four' ? phones.map(lastFour) : postalCodes.map(plainPostalCode);
  const given = factor === 'phone-last-four' ? said.replace(/\s/g, '') : plainPostalCode(said);
  return given !== undefined && answers.includes(given) ? 'whole' : 'none';
}

/** Those who are meant: whom a name fits as a whole, or else the one whom it fits by a part. Nobody where several might be. */
export function meant<T>(list: readonly T[], match: (one: T) => Match): readonly T[] {
  const matches = list.map((one) => ({ one, match: match(one) }));
  const of = (wanted: Match) => matches.filter((each) => each.match === wanted).map(({ one }) => one);
  const [whole, part] = [of('whole'), of('part')];
  // Whom it fits by a part only must be told apart from them all the same.
  if (whole.length > 0) return [...whole, ...part];
  return part.length === 1 ? part : [];
}

/** Those that say more than who knows the name and the birth would know. */
const STRONG: readonly Factor[] = ['phone-last-four', 'postal-code'];

/**
 * What may be asked so that each of them, answering right, is taken for nobody else. A given name is known to whoever
 * knows the rest of the name: it is asked only of those whom nothing else tells apart, such as twins.
 */
export function factorsFor(people: readonly Candidate[], claimed?: string): readonly Factor[] {
  const telling = (factors: readonly Factor[]) => factors.filter((factor) => tellsApart(factor, people, claimed));
  const strong = telling(STRONG);
  return strong.length > 0 ? strong : telling(['given-name']);
}

const tellsApart = (factor: Factor, people: readonly Candidate[], claimed?: string): boolean =>
  people.every((one) =>
    answersOf(factor, one).some((answer) => {
      const fitting = people.filter((other) => matchFactor(factor, answer, other, claimed) !== 'none');
      return fitting.length === 1 && fitting[0] === one;
    }),
  );

function answersOf(factor: Factor, { names, phones, postalCodes }: Candidate): readonly string[] {
  if (factor === 'given-name') return givenOf(names);
  if (factor === 'postal-code') return postalCodes;
  return phones.flatMap((phone) => lastFour(phone) ?? []);
}

/** How many wrong claims are borne, in any so many minutes. */
export interface TryLimits {
  /** From one device. */
  readonly device: number;
  /** About one identity, from whichever device. */
  readonly identity: number;
  readonly minutes: number;
}

/** Counts wrong claims. */
export interface TryLimit {
  /**
   * Counts a claim as wrong until it is found to be right, so that many at once have no more tries than one after the
   * other; refuses with `throttled`. What it returns takes the count back.
   */
  readonly take: (device: string | undefined, ...identities: readonly string[]) => () => void;
}

/** Makes a count of wrong claims over a window that slides; `now` is in milliseconds. */
export function tryLimit({ device, identity, minutes, now }: TryLimits & { readonly now: () => number }): TryLimit {
  const span = minutes * 60_000;
  const taken = new Map<string, readonly number[]>();

  /** Else every identity that was ever claimed would be kept. */
  function forget(time: number): void {
    for (const [key, times] of taken) {
      const recent = times.filter((at) => at > time - span);
      if (recent.length === 0) taken.delete(key);
      else taken.set(key, recent);
    }
  }

  return {
    take(deviceId, ...identities) {
      const time = now();
      forget(time);
      const counts = [
        // Devices without a name are not one device: whoever can tell them apart must count them.
        ...(deviceId === undefined ? [] : [{ key: `device ${deviceId}`, most: device }]),
        ...identities.map((one) => ({ key: `identity ${one}`, most: identity })),
      ];
      const waits = counts.map(({ key, most }) => {
        const times = taken.get(key) ?? [];
        return times.length < most ? 0 : (times[times.length - most]! + span - time) / 1000;
      });
      const wait = Math.max(0, ...waits);
      if (wait > 0) throw new ClinicError('throttled', 'Too many tries.', { retryAfter: Math.ceil(wait) });

      for (const { key } of counts) taken.set(key, [...(taken.get(key) ?? []), time]);
      return () => {
        for (const { key } of counts) {
          const times = [...(taken.get(key) ?? [])];
          const index = times.indexOf(time);
          if (index >= 0) times.splice(index, 1);
          taken.set(key, times);
        }
      };
    },
  };
}

/** What candidates are looked for by. */
export type Search = Exclude<Claim, { challengeId: string }>;
/** Who says that they act for a patient, in their own words. */
export type ClaimedRepresentative = NonNullable<IdentifyRequest['representative']>;

/** What an adapter's {@link identification} is made of. */
export interface IdentificationOptions {
  /**
   * Whom a claim may be about: by a code, who has it; by name and birth, everybody who was born on that day at least,
   * with a visit today or without. It must ask the clinic the same questions whomever it finds, nobody too.
   */
  readonly find: (claim: Search) => readonly Candidate[] | Promise<readonly Candidate[]>;
  /** Lets somebody in who is known now. */
  readonly issue: (patientId: string, representative: ClaimedRepresentative | undefined) => Issued | Promise<Issued>;
  readonly limits: TryLimits;
  /** The moment, in milliseconds. */
  readonly now: () => number;
}

/** What somebody is given who is known now. */
export interface Issued {
  readonly pass: string;
  readonly expires: string;
  readonly acting: Acting;
  readonly authority: Authority;
  readonly language?: string | undefined;
}

/** What was asked of whom, and how often it was answered wrong. */
interface Challenge {
  readonly claim: Search;
  readonly ids: readonly string[];
  readonly factors: readonly Factor[];
  readonly representative: ClaimedRepresentative | undefined;
  readonly until: number;
  readonly wrong: number;
}

type Answer = Extract<Claim, { challengeId: string }>;

const CHALLENGE_MINUTES = 5;
const WRONG_ANSWERS = 3;
/** Whom the answer to no challenge is about: nobody, who is looked for all the same. */
const NOBODY: Search = { familyName: '-', birthDate: '1800-01-01' };
const UNRECOGNIZED: Identification = { outcome: 'unrecognized' };

/**
 * Makes the operation `identify` of a clinic. Whether a claim is wrong, of nobody, of somebody who has no visit today,
 * or answers no challenge: it takes one search, all that was found is compared, and the answer is the same, so that
 * neither the answer nor its time says which it was.
 */
export function identification({ find, issue, limits, now }: IdentificationOptions) {
  const tries = tryLimit({ ...limits, now });
  const challenges = new Map<string, Challenge>();

  /** A challenge that is not over. What is over is forgotten. */
  function challengeOf(id: string): Challenge | undefined {
    for (const [key, { until }] of challenges) if (until <= now()) challenges.delete(key);
    return challenges.get(id);
  }

  function challenge(claim: Search, people: readonly Candidate[], { representative }: IdentifyRequest): Identification {
    const factors = factorsFor(people, familyNameIn(claim));
    const visit = people.find((one) => one.visit)?.visit;
    if (!visit || factors.length === 0) return UNRECOGNIZED;

    const challengeId = newKey();
    const until = now() + CHALLENGE_MINUTES * 60_000;
    challenges.set(challengeId, { claim, ids: idsOf(people), factors, representative, until, wrong: 0 });
    return {
      outcome: 'challenge',
      challengeId,
      initials: initialsOfAll(people),
      // When one twin has a visit is nothing for the other.
      ...(people.length === 1 && visit.start !== undefined && { start: visit.start }),
      timeZone: visit.timeZone,
      factors: [...factors],
    };
  }

  async function decide(
    request: IdentifyRequest,
    found: readonly Candidate[],
    asked: Challenge | undefined,
  ): Promise<Identification> {
    const { claim } = request;
    if ('familyName' in claim) {
      const born = found.filter(({ birthDate }) => birthDate === claim.birthDate);
      return challenge(
        claim,
        meant(born, ({ names }) => matchFamilyName(claim.familyName, names)),
        request,
      );
    }
    const one = 'code' in claim ? onlyOne(found) : answering(found, asked, claim);
    if (!one) return UNRECOGNIZED;
    return { outcome: 'identified', ...(await issue(one.id, request.representative ?? asked?.representative)) };
  }

  return async (request: IdentifyRequest): Promise<Identification> => {
    const { claim, station } = request;
    const challengeId = 'challengeId' in claim ? claim.challengeId : undefined;
    const asked = challengeId === undefined ? undefined : challengeOf(challengeId);
    const forgive = tries.take(station.deviceId, ...identitiesOf(claim, asked));
    // While one answer is looked at there is no challenge: many at once would have more tries than are borne.
    const putBack = (wrong: number) =>
      asked && wrong < WRONG_ANSWERS && challenges.set(challengeId!, { ...asked, wrong });
    if (asked) challenges.delete(challengeId!);

    try {
      const found = await find('challengeId' in claim ? (asked?.claim ?? NOBODY) : claim);
      const answer = await decide(request, found, asked);
      if (answer.outcome === 'unrecognized') putBack((asked?.wrong ?? 0) + 1);
      else forgive();
      return answer;
    } catch (error) {
      // The clinic could not be asked: that is nobody's mistake.
      forgive();
      putBack(asked?.wrong ?? 0);
      throw error;
    }
  };
}

/** The one who has the code and a visit today. */
function onlyOne(found: readonly Candidate[]): Candidate | undefined {
  const today = found.filter(({ visit }) => visit);
  return today.length === 1 ? today[0] : undefined;
}

/** The one whom the answer fits, if they have a visit today. Nobody where it fits several. */
function answering(
  found: readonly Candidate[],
  asked: Challenge | undefined,
  { factor, value }: Answer,
): Candidate | undefined {
  const people = found.filter(({ id }) => asked?.ids.includes(id));
  const fitting = meant(people, (one) => matchFactor(factor, value, one, familyNameIn(asked?.claim ?? NOBODY)));
  return asked?.factors.includes(factor) && fitting.length === 1 ? onlyOne(fitting) : undefined;
}

const familyNameIn = (claim: Search): string | undefined => ('familyName' in claim ? claim.familyName : undefined);

const idsOf = (people: readonly Candidate[]): readonly string[] => people.map(({ id }) => id);

/** What their initials have in common, so that none is told from another by them. */
function initialsOfAll(people: readonly Candidate[]): string {
  const common = (name: (one: Candidate) => string | undefined) => {
    const initials = new Set(people.map((one) => initialsOf(name(one))));
    return initials.size === 1 ? [...initials][0] : undefined;
  };
  const both = [common(({ names }) => names.given[0]), common(({ names }) => names.family[0])];
  return both.filter(Boolean).join(' ') || '–';
}

/** By what the tries of a claim are counted: what was said, and, once somebody is asked, whom it is about. */
function identitiesOf(claim: Claim, asked: Challenge | undefined): readonly string[] {
  if ('code' in claim) return [`code ${plainName(claim.code)}`];
  if ('familyName' in claim) return [`person ${plainName(claim.familyName)} ${claim.birthDate}`];
  if (!asked) return [];
  // Somebody with several names has no more tries than somebody with one.
  return [...identitiesOf(asked.claim, undefined), `patients ${JSON.stringify([...asked.ids].sort())}`];
}
