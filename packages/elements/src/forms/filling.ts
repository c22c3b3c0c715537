import { isFlagged, OUTCOMES, sameValue } from '@clinic-widgets/core/answers.js';
import type { Form, FormItem, FormOption, FormProblem, Outcome, Value } from '@clinic-widgets/core/forms.js';
import { type Trouble, troubleOf, troublesIn, troubleWithFile } from './checks.ts';
import { indexOf, keysAt, settled, settledAll } from './conditions.ts';
import { hasPlace, type Page, type Paging, shownPages } from './pages.ts';
import {
  answered,
  groupRow,
  isAsked,
  isOn,
  lineOf,
  type Node,
  nodeAt,
  type Nodes,
  nodesOf,
  replaced,
  rowsOf,
  valuesOf,
} from './tree.ts';
import { read } from './typing.ts';

/** Something that staff are told of at once. */
export interface Alert {
  /** The idempotency key of the write that tells them. */
  readonly key: string;
  readonly reason: 'answer' | 'emergency';
  readonly linkId?: string;
  readonly values: readonly Value[];
  readonly state: 'sending' | 'sent' | 'failed';
}

/** What was found in a list of the clinic's; `failed` where it cannot be had, `again` while it is then asked for once more. */
export type Found = { readonly options: readonly FormOption[]; readonly more: boolean } | 'failed' | 'again';

/** A form while it is being filled in. */
export interface Filling {
  readonly form: Form;
  /** What the idempotency keys of its writes begin with. */
  readonly key: string;
  readonly paging: Paging;
  /** Whether the patient is at the clinic, where staff can be told to come. */
  readonly onSite: boolean;
  readonly nodes: Nodes;
  /** The name of the page that is shown; empty for the answers in review. */
  readonly page: string;
  /** What is wrong with answers, as far as the patient has been told: by place. */
  readonly troubles: Readonly<Record<string, Trouble>>;
  /** What the expressions say is wrong, by place. */
  readonly broken: Readonly<Record<string, Trouble>>;
  readonly alerts: readonly Alert[];
  /** The question whose answer may only be passed on the way to another one; staff hear of it once it stays. */
  readonly passing?: string | undefined;
  readonly problems: readonly FormProblem[];
  /** Counts the changes, so that what is worked out is worked out anew. */
  readonly changes: number;
  /** How often it was worked out since the patient last answered, and of which change; -1 before the first time. */
  readonly rounds: number;
  readonly workedOut: number;
  /** Nothing was answered in it before: what it is to begin with is worked out too. */
  readonly fresh: boolean;
  /** The expressions that are not tried again. */
  readonly stopped: readonly string[];
  /** Files that are being read, by place and row. */
  readonly files: Readonly<Record<string, File>>;
  /** What is searched for in a list of the clinic's, by place. */
  readonly filters: Readonly<Record<string, string>>;
  /** What such searches came to. */
  readonly found: ReadonlyMap<string, Found>;
  /** It has come to an emergency: no answer takes that back. */
  readonly emergency: boolean;
}

/** What is done while filling in. */
export type FillingAction =
  | {
      readonly type: 'typed';
      readonly key: string;
      readonly row: number;
      readonly typed: string;
      /** What it comes to; nothing where it is no answer yet. */
      readonly value: Value | undefined;
    }
  | { readonly type: 'answered'; readonly key: string; readonly row: number; readonly value: Value | undefined }
  | { readonly type: 'picked'; readonly key: string; readonly row: number; readonly file: File }
  | { readonly type: 'read-file'; readonly key: string; readonly row: number; readonly value: Value | undefined }
  | { readonly type: 'chose'; readonly key: string; readonly values: readonly Value[]; readonly passing?: boolean }
  | { readonly type: 'stayed' }
  | { readonly type: 'added'; readonly key: string }
  | { readonly type: 'removed'; readonly key: string; readonly row: number }
  | { readonly type: 'turned'; readonly to: 'next' | 'back' }
  | { readonly type: 'opened-page'; readonly page: string }
  | { readonly type: 'searched'; readonly key: string; readonly filter: string }
  /** Something rarer, which is fetched with what offers it. */
  | { readonly type: 'applied'; readonly apply: (filling: Filling) => Filling }
  | { readonly type: 'found-options'; readonly search: string; readonly found: Found }
  | { readonly type: 'worked-out'; readonly apply: (filling: Filling) => Filling }
  | { readonly type: 'alerted'; readonly key: string }
  | { readonly type: 'retried-alerts' };

/** Begins a form, with answers given before where there are any. */
export function begin(
  form: Form,
  {
    key,
    paging = 'group',
    onSite = false,
  }: { readonly key: string; readonly paging?: Paging; readonly onSite?: boolean },
  given?: Nodes,
): Filling {
  const nodes = given ?? settledAll(form, nodesOf(form.items));
  const filling: Filling = {
    form,
    key,
    paging,
    onSite,
    nodes,
    page: '',
    troubles: {},
    broken: {},
    alerts: [],
    problems: [...(form.problems ?? []), ...indexOf(form).problems],
    changes: given ? 1 : 0,
    rounds: 0,
    workedOut: -1,
    fresh: !given,
    stopped: [],
    files: {},
    filters: {},
    found: new Map(),
    emergency: false,
  };
  return { ...filling, page: pagesShown(filling)[0]?.key ?? '' };
}

/** A form as it stood, on the page that it was at. */
export function resumed(filling: Filling, { key, alerts, page, changes, troubles: was }: Filling): Filling {
  const isThere = page === '' || pagesShown(filling).some((one) => one.key === page);
  // What a form says itself of a mistake is in its old language.
  const troubles = Object.fromEntries(Object.entries(was).filter(([, { text }]) => !text));
  return { ...filling, key, alerts, changes, troubles, page: isThere ? page : filling.page };
}

/** The pages that are asked now. */
export const pagesShown = ({ nodes, form, paging }: Filling): readonly Page[] => shownPages(nodes, form.items, paging);

/** What becomes of a filling. */
export function fill(filling: Filling, action: FillingAction): Filling {
  switch (action.type) {
    case 'typed':
    case 'answered':
      return answer(filling, action);
    case 'picked':
      return pick(filling, action);
    case 'read-file': {
      const { [`${action.key} ${action.row}`]: _, ...files } = filling.files;
      if (!action.value)
        return { ...filling, files, troubles: { ...filling.troubles, [action.key]: { reason: 'file' } } };
      return answer({ ...filling, files }, { ...action, type: 'answered' });
    }
    case 'chose':
      return changed(
        filling,
        action.key,
        (node) => ({ ...node, rows: chosenRows(node, action.values) }),
        action.passing,
      );
    case 'stayed':
      return withAnswerTold(filling);
    case 'added':
      return changed(filling, action.key, (node) => {
        const key = Math.max(-1, ...node.rows.map((row) => row.key)) + 1;
        const row = node.item.type === 'group' ? groupRow(node, key) : { key, nodes: [] };
        return { ...node, rows: [...node.rows, row] };
      });
    case 'removed':
      return changed(filling, action.key, (node) => {
        const rows = node.rows.filter(({ key }) => key !== action.row);
        const [first] = rowsOf(node, []);
        return { ...node, rows: rows.length > 0 || node.item.type === 'group' ? rows : [first!] };
      });
    case 'turned':
      return action.to === 'next' ? next(filling) : back(withAnswerTold(filling));
    case 'opened-page':
      return openedAt(withAnswerTold(filling), action.page);
    case 'searched':
      return withOwnWords(
        { ...filling, filters: { ...filling.filters, [action.key]: action.filter } },
        (key) => key === action.key,
      );
    case 'found-options':
      return withOwnWords(
        {
          ...filling,
          found: new Map(filling.found).set(action.search, action.found),
          problems: action.found === 'failed' ? withoutList(filling, action.search) : filling.problems,
        },
        (_, search) => search === action.search,
      );
    case 'applied':
    case 'worked-out':
      return action.apply(filling);
    case 'alerted':
      return { ...filling, alerts: withAlert(filling, action.key, 'sent') };
    case 'retried-alerts':
      return {
        ...filling,
        alerts: filling.alerts.map((one) => (one.state === 'failed' ? { ...one, state: 'sending' } : one)),
      };
  }
}

/** Telling staff did not work. */
export const alertFailed = (filling: Filling, key: string): Filling => ({
  ...filling,
  alerts: withAlert(filling, key, 'failed'),
});

/** Whether staff are being told of something. */
export const isTelling = ({ alerts }: Filling): boolean => alerts.some(({ state }) => state === 'sending');

/** Whether something that staff must hear of has not reached them, as far as is known. */
export const isUntold = ({ alerts }: Filling): boolean => alerts.some(({ state }) => state !== 'sent');

const withAlert = ({ alerts }: Filling, key: string, state: Alert['state']): readonly Alert[] =>
  alerts.map((one) => (one.key === key ? { ...one, state } : one));

function answer(filling: Filling, action: Extract<FillingAction, { type: 'typed' | 'answered' }>): Filling {
  const item = nodeAt(filling.nodes, action.key)?.item;
  if (!item || item.readOnly) return filling;
  const { value } = action;
  const typed = action.type === 'typed' ? action.typed : undefined;
  const change = (node: Node): Node => ({
    ...node,
    rows: node.rows.map((row) => (row.key === action.row ? answered(node, row, value, typed) : row)),
  });
  // A word is not finished with its first letter.
  return changed(filling, action.key, change, action.type === 'typed');
}

/** A file is read only where it may be that large, and of its kind. */
function pick(filling: Filling, { key, row, file }: Extract<FillingAction, { type: 'picked' }>): Filling {
  const node = nodeAt(filling.nodes, key);
  const trouble = node && troubleWithFile(node.item, file);
  if (trouble) return { ...filling, troubles: { ...filling.troubles, [key]: trouble } };
  return { ...filling, files: { ...filling.files, [`${key} ${row}`]: file } };
}

/** A page as it is opened: the lists that could not be had before are asked for anew. */
const openedAt = (filling: Filling, page: string): Filling => ({
  ...filling,
  page,
  found: new Map([...filling.found].filter(([, found]) => found !== 'failed')),
});

/** The problems with the questions whose list cannot be had, each reported once however often it is asked for. */
const withoutList = (filling: Filling, search: string): readonly FormProblem[] =>
  shownNodes(filling).reduce<readonly FormProblem[]>((problems, node) => {
    const { linkId } = node.item;
    const isKnown = problems.some((one) => one.linkId === linkId && one.reason === 'value-set');
    return isKnown || searchOf(filling, node)?.search !== search
      ? problems
      : [...problems, { linkId, reason: 'value-set' }];
  }, filling.problems);

/** Where a list cannot be had, what was typed to look for something in it is the answer. */
const withOwnWords = (filling: Filling, isMeant: (key: string, search: string) => boolean): Filling =>
  Object.entries(filling.filters).reduce((so, [key, words]) => {
    const node = nodeAt(so.nodes, key);
    const search = node && valuesOf(node).length === 0 && searchOf(so, node)?.search;
    if (!search || so.found.get(search) !== 'failed' || !isMeant(key, search)) return so;
    return changed(so, key, (one) => ({ ...one, rows: chosenRows(one, [read(one.item, words) ?? []].flat()) }));
  }, filling);

/** The rows for what was chosen; those that were there keep what was asked because of them. */
function chosenRows(node: Node, values: readonly Value[]): Node['rows'] {
  if (values.length === 0) return rowsOf(node, []);
  if (!node.item.repeats) return [answered(node, node.rows[0] ?? { key: 0, nodes: [] }, values[0])];
  let free = Math.max(-1, ...node.rows.map(({ key }) => key));
  return values.map((value) => {
    const known = node.rows.find((row) => row.value && sameValue(row.value, value));
    return known ?? answered(node, { key: (free += 1), nodes: [] }, value);
  });
}

/** The filling after a node has changed: conditions, troubles, alerts and the triage follow. */
function changed(was: Filling, key: string, change: (node: Node) => Node, passing = false): Filling {
  const filling = was.passing === key ? was : withAnswerTold(was);
  const { form } = filling;
  const before = nodeAt(filling.nodes, key);
  if (!before) return filling;
  let nodes = replaced(filling.nodes, key, change);
  const after = nodeAt(nodes, key)!;
  // What is asked further because of an answer has conditions of its own, to be met for the first time.
  const isGrown = after.rows.some(
    ({ nodes: under }) => under.length > 0 && !before.rows.some((row) => row.nodes === under),
  );
  const index = indexOf(form);
  nodes = settled(form, nodes, isGrown ? [...index.watchers.keys()] : (index.watched.get(after.item) ?? []));

  const { [key]: _, ...others } = filling.troubles;
  const { [key]: __, ...broken } = filling.broken;
  // Who has been told of a mistake is told how it stands, who has not is let finish.
  const trouble = key in filling.troubles ? troubleOf(after) : undefined;
  const next: Filling = {
    ...filling,
    nodes,
    troubles: trouble ? { ...others, [key]: trouble } : others,
    broken,
    changes: filling.changes + 1,
    rounds: 0,
  };
  const isPassing = passing && Boolean(after.item.flag?.alert);
  return isPassing ? { ...next, passing: key } : { ...next, passing: undefined, alerts: alertsAfter(next, after) };
}

/** An answer that has stayed, or that the patient goes on from: staff are told of it where they must hear of it. */
export function withAnswerTold(filling: Filling): Filling {
  const node = filling.passing === undefined ? undefined : nodeAt(filling.nodes, filling.passing);
  return node ? { ...filling, passing: undefined, alerts: alertsAfter(filling, node) } : filling;
}

/**
 * An emergency is one from the moment that the patient goes on from the answer that says so; until then a slip of the
 * finger can be mended. At the clinic staff are told.
 */
export function withEmergency(filling: Filling): Filling {
  if (filling.emergency || outcomeOf(filling) !== 'emergency') return filling;
  const alerts = filling.onSite ? withNew(filling, { reason: 'emergency', values: [] }) : filling.alerts;
  return { ...filling, emergency: true, alerts };
}

const withNew = ({ alerts, key }: Filling, alert: Pick<Alert, 'reason' | 'linkId' | 'values'>): readonly Alert[] => [
  ...alerts,
  { ...alert, key: `${key}-${alerts.length}`, state: 'sending' },
];

/** An answer that staff must hear of is told once; another one to the same question is told again. */
function alertsAfter(filling: Filling, node: Node): readonly Alert[] {
  const { alerts } = filling;
  const { item } = node;
  const values = valuesOf(node);
  if (!item.flag?.alert || !isFlagged(item, values)) return alerts;
  const last = alerts.findLast(({ linkId }) => linkId === item.linkId);
  const isSame =
    last && last.values.length === values.length && last.values.every((value, at) => sameValue(value, values[at]!));
  return isSame ? alerts : withNew(filling, { reason: 'answer', linkId: item.linkId, values });
}

/** What a triage comes to as it stands: the most urgent of what applies. An emergency stays one. */
export function outcomeOf({ form, nodes, emergency }: Filling): Outcome | undefined {
  if (emergency) return 'emergency';
  const found = indexOf(form)
    .outcomes.flatMap((path) => keysAt(nodes, path))
    .filter((key) => isAsked(nodes, key))
    .map((key) => nodeAt(nodes, key)!.item.outcome!);
  return OUTCOMES.find((outcome) => found.includes(outcome));
}

/** The words of what a triage comes to. */
export const outcomeText = ({ form, nodes }: Filling, outcome: Outcome): readonly string[] =>
  indexOf(form)
    .outcomes.flatMap((path) => keysAt(nodes, path))
    .filter((key) => isAsked(nodes, key))
    .map((key) => nodeAt(nodes, key)!.item)
    .filter((item) => item.outcome === outcome)
    .flatMap(({ text }) => text ?? []);

/** The next page, once what is on this one is as it should be. */
function next(before: Filling): Filling {
  const filling = withEmergency(withAnswerTold(before));
  if (filling.emergency) return filling;
  const pages = pagesShown(filling);
  const at = pages.findIndex(({ key }) => key === filling.page);
  const troubles = troublesOn(filling, pages[at]);
  if (Object.keys(troubles).length > 0) return { ...filling, troubles };
  return openedAt({ ...filling, troubles: {} }, pages[at + 1]?.key ?? '');
}

function back(filling: Filling): Filling {
  const pages = pagesShown(filling);
  const at = filling.page === '' ? pages.length : pages.findIndex(({ key }) => key === filling.page);
  return openedAt({ ...filling, troubles: {} }, pages[Math.max(0, at - 1)]?.key ?? '');
}

/** What is wrong on a page, the form's own rules included. */
export function troublesOn({ nodes, broken }: Filling, page: Page | undefined): Readonly<Record<string, Trouble>> {
  const keys = page?.keys ?? [];
  const own = troublesIn(keys.flatMap((key) => lineOf(nodes, key).at(-1) ?? []));
  const rules = Object.entries(broken).filter(([key]) => keys.some((on) => key === on || key.startsWith(`${on}.`)));
  return { ...Object.fromEntries(rules), ...own };
}

/** What is wrong anywhere in what is asked. */
export const allTroubles = (filling: Filling): Readonly<Record<string, Trouble>> => ({
  ...filling.broken,
  ...troublesIn(filling.nodes),
});

/** The page that a place is on. */
export const pageOf = (filling: Filling, key: string): Page | undefined =>
  pagesShown(filling).find((page) => hasPlace(page, key));

/** Whether there is something to be worked out that has not been, as the answers stand. */
export const needsWorkingOut = ({ form, changes, workedOut }: Filling): boolean =>
  indexOf(form).works && workedOut !== changes;

/** From how many letters on a long list is searched. */
const LEAST_LETTERS = 2;

/** A search in a list of the clinic's that an item needs as it stands; none where its options are known. */
export function searchOf(
  filling: Filling,
  { item, key }: Node,
): { readonly search: string; readonly valueSet: string; readonly filter: string } | undefined {
  const { valueSet } = item;
  if (!valueSet || item.options || item.readOnly) return undefined;
  const isLong = isSearched(filling, item);
  const filter = isLong ? (filling.filters[key] ?? '').trim() : '';
  return isLong && filter.length < LEAST_LETTERS
    ? undefined
    : { search: searchFor(valueSet, filter), valueSet, filter };
}

const searchFor = (valueSet: string, filter = ''): string => `${valueSet} ${filter}`;

/** Whether an item's options are searched for rather than listed: the form wants that, or the list is too long to show. */
export function isSearched({ found }: Filling, { control, valueSet }: FormItem): boolean {
  const list = valueSet && found.get(searchFor(valueSet));
  return Boolean(valueSet) && (control === 'autocomplete' || (typeof list === 'object' && list.more));
}

/** The nodes of the page that is shown, those within them as well. */
export function shownNodes(filling: Filling): readonly Node[] {
  const page = pagesShown(filling).find(({ key }) => key === filling.page);
  const within = (node: Node): readonly Node[] =>
    isOn(node)
      ? [
          node,
          ...node.rows.flatMap((row) => (node.item.type === 'group' || row.value ? row.nodes.flatMap(within) : [])),
        ]
      : [];
  return (page?.keys ?? []).flatMap((key) => nodeAt(filling.nodes, key) ?? []).flatMap(within);
}

/** The filling at the first page on which something is wrong. */
export function withTroubles(filling: Filling, troubles: Filling['troubles']): Filling {
  const pages = pagesShown(filling);
  const wrong = pages.find((page) => Object.keys(troubles).some((key) => hasPlace(page, key)));
  return { ...filling, troubles, page: (wrong ?? pages[0])?.key ?? '' };
}
