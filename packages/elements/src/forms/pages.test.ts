import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FormItem } from '@clinic-widgets/core/forms.js';
import { pagesOf } from './pages.ts';

const questions = (count: number, name: string): FormItem[] =>
  Array.from({ length: count }, (_, index) => ({
    linkId: `${name}${index}`,
    type: 'boolean',
    text: `${name} ${index}?`,
  }));

const group = (linkId: string, items: FormItem[], more: Partial<FormItem> = {}): FormItem => ({
  linkId,
  type: 'group',
  text: linkId,
  items,
  ...more,
});

const words = (linkId: string, more: Partial<FormItem> = {}): FormItem => ({
  linkId,
  type: 'display',
  text: linkId,
  ...more,
});

/** How many things are on each page, under which heading. */
const laid = (items: readonly FormItem[], paging: 'group' | 'question' = 'group') =>
  pagesOf(items, paging).map(({ titles, keys }) => `${titles.join(' › ')}: ${keys.length}`);

describe('pages', () => {
  it('are of six questions at most, but where the form calls a group a page', () => {
    assert.deepEqual(laid([group('Long', questions(8, 'a'))]), ['Long: 4', 'Long: 4']);
    assert.deepEqual(laid([group('Page', questions(8, 'a'), { control: 'page' })]), ['Page: 8']);
  });

  it('are each a page that the form calls so, however few questions the group around them has', () => {
    const first = group('First', questions(2, 'a'), { control: 'page' });
    const second = group('Second', questions(1, 'b'), { control: 'page' });
    assert.deepEqual(laid([group('All', [words('Before'), first, second])]), ['All › First: 3', 'All › Second: 1']);
    assert.deepEqual(laid([group('Around', [group('All', [first, second])])]), [
      'Around › All › First: 2',
      'Around › All › Second: 1',
    ]);
  });

  it('are of one question where the page asks for that', () => {
    assert.deepEqual(laid([group('Page', questions(2, 'a'), { control: 'page' })], 'question'), ['Page: 1', 'Page: 1']);
  });

  it('have no place of their own for what stands on each of them, unless something is asked there', () => {
    const header = group('Header', [words('Clinic')], { control: 'header' });
    assert.deepEqual(laid([header, ...questions(1, 'a'), words('Footer', { control: 'footer' })]), [': 1']);
    assert.deepEqual(laid([group('Header', questions(1, 'h'), { control: 'header' }), ...questions(1, 'a')]), [
      'Header: 1',
      ': 1',
    ]);
  });
});
