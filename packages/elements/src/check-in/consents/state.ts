import type { ConsentDecision, ConsentDocument, RecordedConsent } from '@clinic-widgets/core';
import type { ClinicError } from '@clinic-widgets/core/errors.js';
import type { PartEnd } from '../part.ts';
import type { Pen, Strokes } from './pen.ts';

/** What the documents are asked for. */
export type About = { readonly appointmentId: string } | { readonly programId: string };

/** What became of one document. */
export interface Decided {
  readonly document: ConsentDocument;
  readonly decision: 'accepted' | 'declined' | 'at-desk';
  /** What the clinic calls the record; absent where the desk sees to it. */
  readonly consentId?: string;
  /** Kept on the device until the clinic can be reached. */
  readonly queued: boolean;
  readonly copy?: ConsentDecision['copy'];
}

/** A signature that is being made. Kept through every failure. */
export interface Draft {
  /** Nothing is chosen beforehand. */
  readonly way: 'typed' | 'drawn' | undefined;
  readonly typed: string;
  readonly drawn: { readonly svg: string; readonly strokes: Strokes } | undefined;
  /** Counts the sheets: a new one is empty. */
  readonly sheet: number;
  readonly copy: 'paper' | 'email' | 'none' | undefined;
  /** What is to be put right before it can be signed. */
  readonly trouble: 'way' | 'typed' | 'drawn' | 'long' | 'refused' | 'copy' | undefined;
}

/** What is known once the documents are there. */
export interface Queue {
  readonly about: About;
  /** What they were asked for in; not asked for yet where empty. */
  readonly language: string;
  /** Those still to be decided, the one that is shown first. */
  readonly documents: readonly ConsentDocument[];
  readonly decided: readonly Decided[];
  readonly draft: Draft;
  /** What drawing takes; `failed` where it could not be fetched. */
  readonly pen: Pen | 'failed' | undefined;
  /** The document that the clinic has changed while it was read. */
  readonly changed: string | undefined;
}

interface Recording extends Queue {
  readonly step: 'recording';
  readonly request: ConsentDecision;
  readonly key: string;
}

interface Finding extends Queue {
  readonly step: 'finding';
}

/** How far the documents are. */
export type Deciding =
  | Finding
  | ({ readonly step: 'reading' } & Queue)
  | ({ readonly step: 'signing' } & Queue)
  | Recording
  | { readonly step: 'failed'; readonly error: ClinicError; readonly from: Finding | Recording }
  /** All are decided, or left to the desk unread. */
  | { readonly step: 'decided'; readonly decided: readonly Decided[]; readonly unread: boolean };

/** What a patient does with the documents, or a clinic answers. */
export type DecidingAction =
  | { readonly type: 'found-documents'; readonly documents: readonly ConsentDocument[]; readonly language: string }
  | { readonly type: 'agreed' }
  | { readonly type: 'declined'; readonly key: string; readonly at: string }
  | { readonly type: 'left-to-desk' }
  | { readonly type: 'wrote'; readonly draft: Partial<Draft> }
  | { readonly type: 'cleared' }
  | { readonly type: 'fetched-pen'; readonly pen: Pen }
  | { readonly type: 'signed'; readonly key: string; readonly at: string }
  | { readonly type: 'recorded'; readonly key: string; readonly consentId: string; readonly queued: boolean }
  | { readonly type: 'went-back' }
  | { readonly type: 'retried' };

/** What was decided before, and taking it back. */
export interface Agreements {
  readonly list: readonly RecordedConsent[] | undefined;
  /** What the patient is about to take back. */
  readonly taking: RecordedConsent | undefined;
  /** Made when they confirmed. */
  readonly key: string | undefined;
  /** What there is to say of the last one. */
  readonly note: 'withdrawn' | 'queued' | 'changed' | undefined;
  readonly error: ClinicError | undefined;
}

/** What a patient does with them, or a clinic answers. */
export type AgreementsAction =
  | { readonly type: 'found-agreements'; readonly list: readonly RecordedConsent[] }
  | { readonly type: 'took'; readonly consent: RecordedConsent }
  | { readonly type: 'confirmed'; readonly key: string }
  | { readonly type: 'withdrawn'; readonly key: string; readonly queued: boolean }
  | { readonly type: 'went-back' }
  | { readonly type: 'retried' };

/** How far the part is. */
export type State =
  | { readonly step: 'deciding'; readonly deciding: Deciding }
  | { readonly step: 'summary'; readonly decided: readonly Decided[]; readonly end: PartEnd }
  | {
      readonly step: 'agreements';
      readonly decided: readonly Decided[];
      readonly end: PartEnd;
      readonly agreements: Agreements;
    }
  | { readonly step: 'finished'; readonly end: PartEnd };

/** What a patient does, or a clinic answers. */
export type Action =
  | { readonly type: 'of-deciding'; readonly action: DecidingAction }
  | { readonly type: 'of-agreements'; readonly action: AgreementsAction }
  | { readonly type: 'opened-agreements' }
  | { readonly type: 'closed-agreements' }
  | { readonly type: 'went-on' };
