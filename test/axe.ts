import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** What is asked of a page: where to look, and by which rules, by name or by their tags; by default everywhere and by all. */
export interface AxeOptions {
  readonly within?: string;
  readonly tags?: readonly string[];
  readonly rules?: readonly string[];
}

/** What axe holds against a page as it is now, in words: nothing is what every test wants. */
export async function violationsOf(page: Page, { within = ':root', tags, rules }: AxeOptions = {}): Promise<string[]> {
  // The engine stays in a page for the next look: to hand it over takes longer than to look.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const runOnly: axe.RunOnly | undefined = rules
    ? { type: 'rule', values: [...rules] }
    : tags && { type: 'tag', values: [...tags] };
  const { violations } = await page.evaluate(
    ([where, only]) => {
      const { axe: engine } = globalThis as unknown as { axe: typeof axe };
      return engine.run(where, { resultTypes: ['violations'], ...(only && { runOnly: only }) });
    },
    [within, runOnly] as const,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
