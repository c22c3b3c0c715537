import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** What is asked of a page: where to look, and by which rules, named by their tags; by default everywhere and by all. */
export interface AxeOptions {
  readonly within?: string;
  readonly tags?: readonly string[];
}

/** What axe holds against a page as it is now, in words: nothing is what every test wants. */
export async function violationsOf(page: Page, { within = ':root', tags }: AxeOptions = {}): Promise<string[]> {
  // The engine stays in a page for the next look: to hand it over takes longer than to look.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    ([where, values]) => {
      const { axe: engine } = globalThis as unknown as { axe: typeof axe };
      return engine.run(where, { resultTypes: ['violations'], ...(values && { runOnly: [...values] }) });
    },
    [within, tags] as const,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
