import type { FormItem } from '@clinic-widgets/core/forms.js';
import { isOn, lineOf, type Node, type Nodes } from './tree.ts';

/** What is shown at a time. */
export interface Page {
  /** The place of the first of its nodes, which names it. */
  readonly key: string;
  /** The headings it stands under, the outermost first. */
  readonly titles: readonly string[];
  /** The places of what is on it. */
  readonly keys: readonly string[];
}

/** How much is on a page: a group, or one question. */
export type Paging = 'group' | 'question';

/** Whether what is at a place is on a page. A group that is spread over pages is on each of them. */
export const hasPlace = ({ keys }: Page, place: string): boolean =>
  keys.some((key) => place.startsWith(`${key}.`) || `${key}.`.startsWith(`${place}.`));

/** More questions than this are not shown on one page, however large their group, unless the form calls it a page. */
const MOST: { readonly [P in Paging]: number } = { group: 6, question: 1 };

/** Something on a page, and how many questions it has. */
interface Run {
  readonly key: string;
  readonly questions: number;
}

/** Whether words stand at the top or at the foot of every page; what is asked there is asked once, in its place. */
export const isOnEach = ({ control, type, items = [] }: FormItem): boolean =>
  (control === 'header' || control === 'footer') && (type === 'display' || type === 'group') && !items.some(asks);

const asks = ({ type, items = [] }: FormItem): boolean => (type !== 'group' && type !== 'display') || items.some(asks);

const cache = new WeakMap<readonly FormItem[], Map<Paging, readonly Page[]>>();

/** The pages of a form, whether or not they are asked. */
export function pagesOf(items: readonly FormItem[], paging: Paging): readonly Page[] {
  let known = cache.get(items);
  if (!known) cache.set(items, (known = new Map<Paging, readonly Page[]>()));
  let pages = known.get(paging);
  if (!pages) known.set(paging, (pages = makePages(items, paging)));
  return pages;
}

function makePages(items: readonly FormItem[], paging: Paging): readonly Page[] {
  const pages: Page[] = [];
  const counts = new Map<FormItem, number>();
  /** The groups that are taken apart because there are pages in them. */
  const apart = new Set<FormItem>();
  const count = (item: FormItem): number => {
    let all = item.type === 'group' || item.type === 'display' || item.hidden ? 0 : 1;
    for (const one of item.items ?? []) {
      all += count(one);
      if (paging === 'group' && (one.control === 'page' || apart.has(one))) apart.add(item);
    }
    counts.set(item, all);
    return all;
  };
  items.forEach(count);

  /** Words that stand before a group go with it. */
  let before: readonly string[] = [];
  const add = (keys: readonly string[], titles: readonly string[]) => {
    const all = [...before, ...keys];
    before = [];
    pages.push({ key: all[0]!, titles, keys: all });
  };
  /** A list of questions in pages of about the same length. */
  const addRun = (run: readonly Run[], titles: readonly string[]) => {
    const all = run.reduce((sum, { questions }) => sum + questions, 0);
    if (all === 0) return void (before = [...before, ...run.map(({ key }) => key)]);
    const most = Math.ceil(all / Math.ceil(all / MOST[paging]));
    let keys: string[] = [];
    let questions = 0;
    for (const one of run) {
      const isFull = questions > 0 && questions + one.questions > most;
      // Words that stand before a question go with it.
      if (isFull || (questions >= most && one.questions === 0)) {
        add(keys, titles);
        [keys, questions] = [[], 0];
      }
      keys.push(one.key);
      questions += one.questions;
    }
    add(keys, titles);
  };

  const lay = (list: readonly FormItem[], under: string, titles: readonly string[]): void => {
    let run: Run[] = [];
    const close = () => {
      if (run.length > 0) addRun(run, titles);
      run = [];
    };
    list.forEach((item, index) => {
      const key = `${under}${index}`;
      if (!under && isOnEach(item)) return;
      const questions = counts.get(item)!;
      // A repeating group stays in one piece, since how often it occurs is for the patient to say.
      if (item.type !== 'group' || item.repeats || !item.items?.length) {
        if (item.type === 'group') close();
        run.push({ key, questions });
        if (item.type === 'group') close();
        return;
      }
      close();
      const inner = item.text ? [...titles, item.text] : titles;
      const isPage = paging === 'group' && item.control === 'page';
      if (apart.has(item) || (questions > MOST[paging] && !isPage)) lay(item.items, `${key}.0.`, inner);
      else
        add(
          item.items.map((_, place) => `${key}.0.${place}`),
          inner,
        );
    });
    close();
  };
  lay(items, '', []);
  const last = pages.pop();
  if (last) pages.push({ ...last, keys: [...last.keys, ...before] });
  else if (before.length > 0) add([], []);
  return pages;
}

const shown = new WeakMap<Nodes, { readonly paging: Paging; readonly pages: readonly Page[] }>();

/** The pages that something is shown on, now. They are asked for by many and found once for each change. */
export function shownPages(nodes: Nodes, items: readonly FormItem[], paging: Paging): readonly Page[] {
  let known = shown.get(nodes);
  if (known?.paging !== paging) {
    known = { paging, pages: pagesOf(items, paging).filter((page) => isShown(nodes, page)) };
    shown.set(nodes, known);
  }
  return known.pages;
}

function isShown(nodes: Nodes, { keys: [first = '', ...others] }: Page): boolean {
  const line = lineOf(nodes, first);
  return (
    line.slice(0, -1).every((node) => isOn(node) && !node.item.hidden) &&
    (hasSomething(line.at(-1)) || others.some((key) => hasSomething(lineOf(nodes, key).at(-1))))
  );
}

/** Whether a node shows something: words, or a question. */
function hasSomething(node: Node | undefined): boolean {
  if (!node || !isOn(node) || node.item.hidden) return false;
  if (node.item.type !== 'group') return node.item.type !== 'display' || Boolean(node.item.text && !node.item.outcome);
  return Boolean(node.item.repeats) || node.rows.some((row) => row.nodes.some(hasSomething));
}
