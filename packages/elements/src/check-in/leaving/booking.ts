import type { Appointment, Clinic, Order } from '@clinic-widgets/core';
import type { CSSResult, TemplateResult } from 'lit';
import type { Action as PickerAction } from '../../scheduling/action.ts';
import { bookingEvents } from '../../scheduling/booking-events.ts';
import { appointmentFlow } from '../../scheduling/flow.ts';
import { focusAfter } from '../../scheduling/focus.ts';
import { type Messages, messages as english } from '../../scheduling/messages.ts';
import * as more from '../../scheduling/more-views.ts';
import {
  isUncertain,
  NOTHING_SAID,
  type Person,
  type SeriesVisit,
  type State as PickerState,
} from '../../scheduling/state.ts';
import { styles } from '../../scheduling/styles.ts';
import type { ViewContext } from '../../scheduling/view-context.ts';
import { announcement, heading, view } from '../../scheduling/views.ts';
import { allPages } from '../../ui/all-pages.ts';
import type { FlowAction, Work } from '../../ui/flow.ts';
import type { PartContext } from '../part.ts';
import { wordsIn } from '../pieces.ts';
import type { Session } from '../session.ts';
import { within } from '../within.ts';

/** How far the patient is with what was ordered, in the picker's own terms. */
export interface State {
  readonly order: Order;
  readonly picker: PickerState;
  /** The file for the calendar could not be had. */
  readonly unsaved?: true;
  /** What the clinic refused as changed: first it is asked whether the order is still to be booked. */
  readonly refused?: Refused;
  /** It was booked elsewhere meanwhile. */
  readonly gone?: true;
}

type Refused = Extract<FlowAction, { type: 'failed' }>;

export type Action =
  PickerAction | { readonly type: 'not-saved' } | { readonly type: 'found-order'; readonly open: boolean };

/** What has become of an order. */
export type Settled =
  | { readonly kind: 'booked'; readonly appointments: readonly Appointment[] }
  /** Whether the clinic has yet to hear of it. */
  | { readonly kind: 'waiting'; readonly until: string; readonly queued?: true }
  /** It was booked elsewhere. */
  | { readonly kind: 'gone' }
  /** What it is for cannot be booked here. */
  | { readonly kind: 'at-desk' };

/** What the views are given besides the state. */
export interface BookingContext extends PartContext<Action> {
  /** What is said in place of the picker's words: from here the way leads back to the list, not to other visits. */
  readonly words: Pick<Messages, 'bookVisit' | 'unfitted' | 'missing'>;
}

/** The picker's flow and views, for one order. It is fetched when a patient wants to book: the list needs none of it. */
export interface BookingPart {
  styles(state: State): readonly CSSResult[];
  begin(order: Order, session: Session): State;
  transition(state: State, action: Action | FlowAction, session: Session): State;
  work(state: State, session: Session): readonly Work<State, Action>[];
  focus(from: State, to: State): string;
  /** What has happened at the clinic. */
  events(from: State, to: State): readonly Event[];
  /** What has become of the order, once something has. */
  settled(state: State): Settled | undefined;
  /** Whether the patient is through with it: the list of orders is the list of visits to choose from. */
  isOver(state: State): boolean;
  /** Whether nothing may follow but what is on screen: something is being sent, or was perhaps, or is an emergency. */
  holds(state: State): boolean;
  /** Whether staff have not heard of something that they must hear of. */
  isUnheard(state: State): boolean;
  /** Whether what is on screen leads back to the list by itself. */
  leadsBack(state: State): boolean;
  heading(state: State, context: BookingContext): string;
  headingLanguage(state: State, locale: string): string;
  status(state: State, context: BookingContext): string;
  view(state: State, context: BookingContext): TemplateResult | symbol;
}

const languages = { es: async () => (await import('../../scheduling/messages.es.ts')).messages };

/** Makes what books an order, with its words in a language; English where it has none of that language. */
export async function load(language: string): Promise<BookingPart> {
  const words = await wordsIn<Messages>(language, { ...more.moreMessages, ...english }, languages);
  const contextOf = (context: BookingContext): ViewContext => viewContext(context, words);
  return {
    styles: ({ picker }) => [
      styles,
      more.partStyles,
      ...('triage' in picker && picker.triage ? picker.triage.part.triageStyles : []),
    ],
    begin,
    transition,
    work,
    focus: (from, to) => focusAfter(from.picker, to.picker),
    events: (from, to) => bookingEvents(from.picker, to.picker),
    settled: settledBy,
    isOver: ({ picker, gone }) => gone === true || picker.step === 'visit',
    holds: isHeld,
    isUnheard,
    leadsBack: ({ picker }) =>
      ['booked', 'series-booked', 'waiting', 'advised'].includes(picker.step) || keepsChoice(picker),
    heading: ({ picker }, context) => heading(picker, contextOf(context)),
    headingLanguage: ({ picker }, locale) => more.headingLanguage(picker, locale),
    status: ({ picker, unsaved }, context) =>
      unsaved ? words.failures.unavailable : announcement(picker, contextOf(context)),
    view: ({ picker }, context) => view(picker, contextOf(context)),
  };
}

/** Whether it failed where nothing is lost as yet: the ways on from there keep that, the list would not. */
const keepsChoice = (picker: PickerState): boolean => picker.step === 'failed' && 'reason' in picker.from;

const same = (action: Action): Action => action;

const flowOf = ({ host: { now = () => new Date().toISOString(), language } }: Session) =>
  appointmentFlow(now, () => language);

function begin(order: Order, { acting, host }: Session): State {
  const { patientId, representativeId } = acting;
  const person: Person = { patientId, name: '', ...(representativeId && { representativeId }) };
  return {
    order,
    picker: {
      step: 'starting',
      host: { ...NOTHING_SAID, people: [person], onSite: host.station.kind === 'kiosk' },
      stopped: {},
    },
  };
}

function work({ order, picker, refused }: State, session: Session): readonly Work<State, Action>[] {
  if (refused) return [findOrder(order, session)];
  return within(flowOf(session).work(picker), same, (state: State) => state.picker);
}

const findOrder = ({ id }: Order, { acting }: Session): Work<State, Action> => ({
  key: 'order',
  async run(adapter, signal) {
    const orders = await allPages((page) => adapter.findOrders({ acting, ...page }, { signal }));
    return { type: 'found-order', open: orders.some((order) => order.id === id) };
  },
});

function transition(state: State, action: Action | FlowAction, session: Session): State {
  const { order, picker, refused } = state;
  const flow = flowOf(session);
  if (refused) {
    if (action.type === 'found-order' && !action.open) return { order, picker, gone: true };
    // Where nobody can tell, it was the time that somebody else took.
    const isTold = action.type === 'found-order' || action.type === 'failed';
    return isTold ? { order, picker: flow.transition(picker, refused) } : state;
  }
  switch (action.type) {
    case 'not-saved':
      return { order, picker, unsaved: true };
    case 'found-order':
      return state;
    case 'started':
      return { order, picker: start(picker, action, order, flow) };
    default:
      return isOfOrder(picker, action)
        ? { order, picker, refused: action }
        : { order, picker: flow.transition(picker, action) };
  }
}

function start(
  picker: PickerState,
  action: Extract<PickerAction, { type: 'started' }>,
  order: Order,
  flow: ReturnType<typeof flowOf>,
): PickerState {
  const { clinic } = action;
  // Whoever leaves books what was ordered; what else they have booked is none of a visit's.
  const supports = clinic.supports.filter((name) => name !== 'findAppointments');
  const visitTypes = action.visitTypes.filter(({ id }) => id === order.visitTypeId);
  const started = flow.transition(picker, { ...action, clinic: { ...clinic, supports }, visitTypes });
  const [visitType] = visitTypes;
  return visitType ? flow.transition(started, { type: 'chose-visit', visitType, order }) : started;
}

/** Whether the clinic refuses what may be the time that is taken, or the order that is booked. */
const isOfOrder = ({ step }: PickerState, action: Action | FlowAction): action is Refused =>
  action.type === 'failed' &&
  action.error.code === 'conflict' &&
  (step === 'booking' || step === 'booking-series' || step === 'joining');

function settledBy({ picker, gone }: State): Settled | undefined {
  if (gone) return ('visits' in picker && picker.visits && bookedOf(picker.visits)) || { kind: 'gone' };
  switch (picker.step) {
    case 'booked':
      return { kind: 'booked', appointments: [picker.appointment] };
    case 'series-booked':
      return bookedOf(picker.visits);
    case 'failed':
      return picker.from.step === 'booking-series' ? bookedOf(picker.from.visits) : undefined;
    case 'waiting':
      return { kind: 'waiting', until: picker.until, ...(picker.queued && { queued: true }) };
    case 'visit':
      return picker.visitTypes.length === 0 ? { kind: 'at-desk' } : undefined;
    default:
      return undefined;
  }
}

/** What has been booked of a series, also where it stopped half-way. */
function bookedOf(visits: readonly SeriesVisit[]): Settled | undefined {
  const appointments = visits.flatMap(({ appointment }) => appointment ?? []);
  return appointments.length > 0 ? { kind: 'booked', appointments } : undefined;
}

function isHeld({ picker }: State): boolean {
  switch (picker.step) {
    case 'booking':
    case 'booking-series':
    case 'joining':
      return true;
    case 'triage':
      return Boolean(picker.triage?.submission ?? picker.triage?.part.isTelling(picker.triage.filling));
    case 'advised':
      return picker.outcome === 'emergency';
    case 'failed':
      return isUncertain(picker);
    default:
      return false;
  }
}

/** Of an answer that was given before the times. */
function isUnheard({ picker }: State): boolean {
  const of = picker.step === 'failed' ? picker.from : picker;
  return 'triage' in of && of.triage?.part.isUntold(of.triage.filling) === true;
}

function viewContext({ session, send, locale, now, words }: BookingContext, picker: Messages): ViewContext {
  const text = { ...picker, ...words };
  const save = async (appointment: Appointment, clinic: Clinic): Promise<void> => {
    try {
      const { saveCalendarFile } = await import('../../scheduling/calendar-file.ts');
      saveCalendarFile(appointment, clinic, { text, locale });
    } catch {
      send({ type: 'not-saved' });
    }
  };
  // What is saved or printed at a kiosk stays there.
  return { send, text, locale, now, more, ...(session.host.station.kind === 'phone' && { saveToCalendar: save }) };
}
