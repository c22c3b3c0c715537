import type * as fhir from 'fhir/r4.js';
import { ClinicError } from '@clinic-widgets/core/errors.js';
import { dayOf, startOfDay } from '@clinic-widgets/core/time.js';
import { objectsIn } from './elements.ts';
import type { Write } from './once.ts';
import { DRAWN, NUMBER, VISIT_TASKS } from './vocabulary.ts';
import { concept, drawn, mend, numberIn } from './visit-tasks.ts';
import { create } from './writes.ts';

/** How many numbers in a row may be found taken: each is somebody else's who draws at the same moment. */
const MOST_TAKEN = 200;
/** How many of those drawn last are looked at: some servers do not sort. */
const LAST = 100;

/** Gives a Task a number that no other has on that day, if it has none yet. */
export async function numbered(write: Write, task: fhir.Task): Promise<fhir.Task> {
  if (numberIn(task)) return task;
  const value = await draw(write, task);
  return mend(
    write,
    task,
    (now) => (numberIn(now) ? undefined : { identifier: [...(now.identifier ?? []), { system: NUMBER, value }] }),
    write.asking,
  );
}

/** Draws a number of the day: it is whose note of it was created first. */
async function draw(write: Write, { id }: fhir.Task): Promise<string> {
  const today = dayOf(new Date(write.now).toISOString(), write.ability.clinic.timeZone);
  const focus = { reference: `Task/${id}` };
  let next = (await lastDrawn(write, today)) + 1;
  for (let tries = 0; tries < MOST_TAKEN; tries++, next++) {
    const value = `${today}/${next}`;
    const note: fhir.Task = {
      resourceType: 'Task',
      identifier: [drawn(value)],
      status: 'completed',
      intent: 'order',
      code: concept(VISIT_TASKS, 'number'),
      focus,
      authoredOn: new Date(write.now).toISOString(),
    };
    const made = await create(write.client, note, write.asking, `${DRAWN}|${value}`);
    if (made.focus?.reference === focus.reference) return value;
  }
  throw new ClinicError('unavailable', 'No number could be drawn.');
}

/** The highest number among those drawn last on a day. */
async function lastDrawn({ client, ability, asking }: Write, today: string): Promise<number> {
  const since = new Date(startOfDay(today, ability.clinic.timeZone)).toISOString();
  const query = [
    ['code', `${VISIT_TASKS}|number`],
    ['authored-on', `ge${since}`],
    ['_sort', '-authored-on'],
    ['_count', `${LAST}`],
  ] as const;
  for await (const { resources } of client.pages('Task', query, { ...asking, secret: true })) {
    const values = resources.flatMap((one) => objectsIn<fhir.Identifier>((one as fhir.Task).identifier));
    const own = values.filter(({ system, value }) => system === DRAWN && value?.startsWith(`${today}/`));
    return Math.max(0, ...own.map(({ value }) => Number(value!.split('/')[1])).filter(Number.isInteger));
  }
  return 0;
}
