import type {
  Appointment,
  CancelReason,
  Clinic,
  FreeDay,
  Hold,
  Location,
  Need,
  Order,
  Practitioner,
  Slot,
  UnmetNeed,
  VisitType,
} from '@clinic-widgets/core';
import type { Trouble } from '../forms/checks.ts';
import type { FillingAction } from '../forms/filling.ts';
import type { Filter, Host, Person, SeriesVisit, Triage } from './state.ts';

/** What a patient does, a clinic answers or a page says. */
export type Action =
  | { readonly type: 'host-changed'; readonly host: Host }
  | { readonly type: 'started'; readonly clinic: Clinic; readonly visitTypes: readonly VisitType[] }
  | { readonly type: 'chose-person'; readonly person: Person }
  | { readonly type: 'found-orders'; readonly orders: readonly Order[] }
  | { readonly type: 'chose-visit'; readonly visitType: VisitType; readonly order?: Order }
  | { readonly type: 'opened-triage'; readonly triage: Triage }
  | { readonly type: 'of-triage'; readonly action: FillingAction }
  | { readonly type: 'confirmed-triage' }
  | { readonly type: 'triaged'; readonly responseId: string; readonly key: string }
  | { readonly type: 'refused-triage'; readonly key: string; readonly troubles: Readonly<Record<string, Trouble>> }
  | { readonly type: 'changed-triage'; readonly key: string; readonly triage: Triage }
  | { readonly type: 'changed-filter'; readonly filter: Filter }
  | { readonly type: 'narrowed' }
  | {
      readonly type: 'found-choices';
      readonly practitioners: readonly Practitioner[];
      readonly locations: readonly Location[];
    }
  | { readonly type: 'changed-needs'; readonly needs: readonly Need[] }
  | { readonly type: 'found-unmet'; readonly unmet: readonly UnmetNeed[] }
  | { readonly type: 'moved'; readonly day: string; readonly keyed?: boolean }
  | { readonly type: 'asked-first' }
  | { readonly type: 'found-days'; readonly days: readonly FreeDay[] }
  | { readonly type: 'found-next'; readonly day: string }
  | { readonly type: 'found-first'; readonly day: string }
  | { readonly type: 'chose-day'; readonly day: string }
  | { readonly type: 'found-slots'; readonly slots: readonly Slot[]; readonly cursor: string | undefined }
  | { readonly type: 'asked-more' }
  | { readonly type: 'found-nearest'; readonly slots: readonly Slot[]; readonly moving?: Appointment | undefined }
  | { readonly type: 'chose-slot'; readonly slot: Slot; readonly key: string }
  | { readonly type: 'found-unmet-here'; readonly unmet: readonly UnmetNeed[] }
  | { readonly type: 'accepted' }
  | { readonly type: 'held'; readonly hold: Hold; readonly left?: number }
  | { readonly type: 'minute-passed'; readonly left: number }
  | { readonly type: 'hold-ended' }
  | { readonly type: 'typed'; readonly reason: string }
  | { readonly type: 'confirmed'; readonly key: string }
  /** What the patient says the visit is about is not accepted as it is. */
  | { readonly type: 'refused'; readonly key: string }
  | { readonly type: 'booked'; readonly key: string; readonly appointment: Appointment }
  | { readonly type: 'planned'; readonly visits: readonly SeriesVisit[] }
  | { readonly type: 'booked-visit'; readonly key: string; readonly appointment?: Appointment }
  | { readonly type: 'asked-waitlist' }
  | { readonly type: 'joined'; readonly until: string; readonly key: string }
  | { readonly type: 'waits'; readonly queued: boolean }
  | { readonly type: 'opened-appointments' }
  | { readonly type: 'found-appointments'; readonly appointments: readonly Appointment[] }
  | { readonly type: 'chose-to-move'; readonly appointment: Appointment }
  | { readonly type: 'chose-to-cancel'; readonly appointment: Appointment }
  | { readonly type: 'cancelled'; readonly reason: CancelReason; readonly key: string }
  | { readonly type: 'was-cancelled'; readonly key: string; readonly appointment: Appointment }
  | { readonly type: 'went-back' }
  | { readonly type: 'retried' }
  | { readonly type: 'started-over' };
