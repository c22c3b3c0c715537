import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession } from '@playwright/test';

/** In milliseconds: the page waits for the next key of a scan the longer, the later the keys come to it. */
const LATE = 1000;

/** Types a code as a scanner does: so fast that each key has to bring its own time with it, however busy the machine is. */
export async function scan(session: CDPSession, code: string): Promise<void> {
  const start = Date.now() / 1000;
  await wait(LATE);
  const keys = [...code].map((key) => ({ key, text: key, windowsVirtualKeyCode: key.charCodeAt(0) }));
  const sent = [...keys, { key: 'Enter', text: '\r', windowsVirtualKeyCode: 13 }].flatMap((key, index) => {
    const timestamp = start + index * 0.005;
    return [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...key }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: timestamp + 0.001, key: key.key }),
    ];
  });
  await Promise.all(sent);
}
