import type {
  CallBy,
  Clinic,
  Desk,
  Factor,
  Help,
  HelpReason,
  Identification,
  Visit,
  VisitProgress,
} from '@clinic-widgets/core';
import type { AnyPart, Entry, Purpose, ReminderAnswer, ReminderResponse, Settings, WalkInEntry } from './state.ts';
import type { Host } from './session.ts';

/** What a patient does, a clinic answers or a page says. */
export type Action =
  | { readonly type: 'host-changed'; readonly host: Host }
  | { readonly type: 'started'; readonly clinic: Clinic }
  | { readonly type: 'found-desk'; readonly desk: Desk }
  | { readonly type: 'set'; readonly settings: Partial<Settings> }
  | { readonly type: 'began'; readonly purpose: Purpose }
  | { readonly type: 'scanned'; readonly text: string; readonly key: string }
  | { readonly type: 'typed'; readonly entry: Partial<Entry> }
  | { readonly type: 'claimed'; readonly key: string }
  | { readonly type: 'identified'; readonly answer: Identification }
  | { readonly type: 'chose-factor'; readonly factor: Factor }
  | { readonly type: 'typed-factor'; readonly value: string }
  | { readonly type: 'answered'; readonly key: string }
  | { readonly type: 'found-visits'; readonly visits: readonly Visit[]; readonly key: string }
  | { readonly type: 'chose-visit'; readonly visit: Visit; readonly key: string }
  | { readonly type: 'typed-lobby-code'; readonly code: string }
  | { readonly type: 'came'; readonly key: string }
  | { readonly type: 'prepares' }
  | { readonly type: 'arrived'; readonly visit: Visit }
  | { readonly type: 'refused'; readonly visit: Visit | undefined }
  | { readonly type: 'opened'; readonly name: AnyPart['name'] }
  | { readonly type: 'loaded'; readonly part: AnyPart }
  | { readonly type: 'of-part'; readonly action: unknown; readonly key: string }
  | { readonly type: 'skipped'; readonly key: string }
  | { readonly type: 'listed' }
  | { readonly type: 'finished'; readonly key: string }
  | { readonly type: 'checked-in'; readonly visit: Visit }
  | { readonly type: 'progressed'; readonly progress: VisitProgress }
  | { readonly type: 'chose-call'; readonly callBy: CallBy; readonly key: string }
  | { readonly type: 'told-call'; readonly key: string }
  | { readonly type: 'walked-in' }
  | { readonly type: 'in-danger'; readonly yes: boolean; readonly key: string }
  | { readonly type: 'typed-walk-in'; readonly entry: Partial<WalkInEntry> }
  | { readonly type: 'sent-walk-in'; readonly key: string }
  | { readonly type: 'taken-in'; readonly help: Help }
  | { readonly type: 'opened-help' }
  | { readonly type: 'offered-help' }
  | { readonly type: 'closed-help' }
  | { readonly type: 'wrote'; readonly reason: HelpReason; readonly message: string }
  | { readonly type: 'called'; readonly reason: HelpReason; readonly key: string; readonly message?: string }
  /** The call has reached the clinic. */
  | { readonly type: 'reached'; readonly key: string; readonly help: Help; readonly at: number }
  /** What has become of it meanwhile, or that time has gone by. */
  | { readonly type: 'heard'; readonly help: Help; readonly at: number }
  | { readonly type: 'waited'; readonly at: number }
  | { readonly type: 'answered-reminder'; readonly answer: ReminderAnswer; readonly key: string }
  | { readonly type: 'responded'; readonly response: ReminderResponse }
  | { readonly type: 'prefetched' }
  | { readonly type: 'went-back' }
  | { readonly type: 'retried' };
