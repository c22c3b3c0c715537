import type { Page } from '@playwright/test';
import { violationsOf } from '../axe.ts';
import { expect, test } from './demo.ts';

test.describe.configure({ timeout: 600_000 });

/** Fills in one of the demo's own servers and begins the check, over three weeks. */
async function begin(page: Page, server: string, { writing }: { writing: boolean }): Promise<void> {
  await page.goto('/adapter-check.html');
  await page.getByRole('button', { name: server }).click();
  const end = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('Look for times until').fill(end);
  if (writing) await page.getByRole('checkbox', { name: /This is a test server/ }).check();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
}

/** Runs the check to its end. */
async function check(page: Page, server: string, how: { writing: boolean }): Promise<string> {
  await begin(page, server, how);
  const report = page.getByRole('textbox', { name: 'Report' });
  await expect(report).toBeVisible({ timeout: 540_000 });
  return report.inputValue();
}

for (const server of ['The demo’s REST API', 'The demo’s FHIR server']) {
  test(`${server} keeps every promise of the contract`, async ({ page }) => {
    const report = await check(page, server, { writing: true });
    expect(report).not.toContain('Broken');
    expect(report).not.toContain('Left out');
    // What a patient has told the clinic nobody can take back; what was taken there must be given back.
    const left = [...report.matchAll(/Left behind at the clinic: (.*)\./g)].flatMap(([, all]) => all!.split(', '));
    expect(left.filter((one) => /^(hold|appointment|place|the closed desk)/.test(one))).toEqual([]);
    await expect(page.getByRole('status')).toHaveText(/^(\d+) of \1 promises checked: (\d+ not known, )?\d+ kept\.$/);
    expect(await violationsOf(page)).toEqual([]);
  });
}

test('nothing is written at the clinic unless that was allowed', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const report = await check(page, 'The demo’s REST API', { writing: false });
  expect(report).toContain('Left out');
  expect(asked.filter((path) => /\/(hold|book|cancel|resch|join|release|submit|raise)/.test(path))).toEqual([]);
});

test('what is broken is said, with the reason', async ({ page }) => {
  await page.route('**/rest/findLocations', (route) => route.fulfill({ json: { items: [{ id: '' }] } }));
  await begin(page, 'The demo’s REST API', { writing: false });
  const broken = page.getByRole('row', { name: /^Broken.*shape/ });
  await expect(broken).toContainText('findLocations does not match the contract. At items.0.id', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('textbox', { name: 'Report' })).toHaveValue(/Broken/);
});

test('a server that is not there is said to be so, and how to go on', async ({ page }) => {
  await page.goto('/adapter-check.html');
  await page.getByRole('button', { name: 'The demo’s REST API' }).click();
  await page.route('**/rest/*', (route) => route.abort());
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('unavailable');
  await expect(page.getByRole('alert')).toContainText('CORS');
  await expect(page.getByRole('button', { name: 'Check', exact: true })).toBeEnabled();
});

test('the token goes with each call and stays nowhere', async ({ page }) => {
  const tokens = new Set<string | undefined>();
  await page.route('**/rest/*', (route) => {
    tokens.add(route.request().headers()['authorization']);
    return route.fulfill({ status: 401 });
  });
  await page.goto('/adapter-check.html');
  await page.getByRole('button', { name: 'The demo’s REST API' }).click();
  await page.getByLabel('Access token').fill('secret-token');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('unauthenticated');
  expect([...tokens]).toEqual(['Bearer secret-token']);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  expect(kept + page.url()).not.toContain('secret-token');
});

test('the check can be stopped, and says how far it came', async ({ page }) => {
  await page.goto('/adapter-check.html');
  await page.getByRole('button', { name: 'The demo’s REST API' }).click();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('status')).toHaveText(/^\d+ of \d+ promises checked/);
  await expect(page.getByRole('textbox', { name: 'Report' })).toBeVisible();
});
