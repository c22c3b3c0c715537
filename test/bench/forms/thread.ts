import type { CDPSession } from 'playwright';
import type { Run } from '../sampling.ts';

/** From then on it is known how long the page's main thread has been busy, by its own clock. */
export async function timeThread({ context, page }: Run<never>): Promise<CDPSession> {
  const client = await context!.newCDPSession(page!);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  return client;
}

/** How long it has been busy, in milliseconds. */
export async function busy(client: CDPSession): Promise<number> {
  const { metrics } = await client.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
}
