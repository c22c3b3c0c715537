// What is compared. The form on the mapping of the FHIR adapter, and LHC-Forms as its README says to load it, each show a
// Questionnaire that they get as JSON, and take answers: an option of the first question, which brings up or takes away
// the question after it, and letters in another. Loading has nothing cached; "anew" has all code loaded and run. LHC-Forms
// runs without animations, its style sheet in the page before the clock starts. Questionnaires are made in groups of ten items, or are of the data.
//
// The work of an answer is what it keeps the page's main thread busy with until all is done, less that of a press in
// the page before it has a form; that of a first page, less that of a frame in which nothing comes. It is the thread's own
// time, which stands still while others have the processor.
//
// A slow device is this one with its main thread slowed down four times by the browser, one page at a time: the browser
// does it by keeping a processor busy, which the others would have to share. The form waits for its Questionnaire then,
// and the clock starts when that comes: cold, in code that is loaded but has never run; warm, in code that has shown the
// form twenty times before, without being slowed down, with no other page open. "Plain HTML" is the first page that the
// form makes as it stands, nodes and styles, put in when the JSON comes, which is not read: what the browser takes for it
// alone.
//
// What it does not say. The two do not show the same: LHC-Forms renders all questions at once, and has them all in the
// page from then on; the form shows a page of up to six, and the patient has to turn it. LHC-Forms loads FHIRPath in any
// case and works on the page's main thread; the form loads it only where a Questionnaire has expressions, and works them
// out in a worker once its first page is shown. What the worker loads is counted, its time and its heap are not.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { assetOf, bundle, serve } from '../bundles.ts';
import { LHC_FILES } from './lhc-files.ts';
import { measure, type Measured, type Subject } from './measure.ts';
import { type Measure, questionnaires } from './questionnaires.ts';
import { report } from './report.ts';
import { measureSlow } from './slow.ts';

const SUBJECTS: readonly Subject[] = [
  { name: 'clinic-form', form: 'clinic-form' },
  { name: 'LHC-Forms', form: 'lhc-forms' },
];
/** What no form can do without, on a slow device. */
const LEAST: Subject = { name: 'plain HTML', form: 'plain-html' };

const root = join(import.meta.dirname, '../../..');
const lhc = join(root, 'node_modules/lforms/dist/lforms');

/** The form beside LHC-Forms, on the same Questionnaires. */
export async function benchForms({ browser, samples, made, say, versionOf }: Bench): Promise<string> {
  say('bundling the forms');
  const all = questionnaires();
  const widgets = ['clinic-form', 'lhc-forms', 'plain-html'].map((name) => join(import.meta.dirname, `${name}.ts`));
  const workers = globSync('packages/elements/src/forms/*-worker.js', { cwd: root }).map((name) => join(root, name));
  const code = new Map([
    ...(await bundle([...widgets, ...workers])),
    ...LHC_FILES.map((name) => [`/lforms/${name}`, assetOf(readFileSync(join(lhc, name)))] as const),
  ]);
  const { origin, close } = await serve(
    new Map([
      ...code,
      ...(await bundle([join(import.meta.dirname, 'page.ts')])),
      ...all.map(({ json }, index) => [`/questionnaires/${index}.json`, assetOf(Buffer.from(json))] as const),
    ]),
  );
  const served = { browser, origin, weightOf: (path: string) => code.get(path)?.gzip ?? 0 };

  const measured = new Map<Measure, ReadonlyMap<Subject, Measured>>();
  for (const [index, each] of all.entries()) {
    say(each.title);
    measured.set(each, await measure(served, SUBJECTS, index, each, samples));
  }
  const largest = all.findIndex(({ isLargest }) => isLargest);
  say('a slow device');
  const slow = await measureSlow(served, [...SUBJECTS, LEAST], largest, samples);
  close();
  return report({
    made: `${made()}, beside LHC-Forms ${versionOf('lforms')}`,
    samples,
    subjects: SUBJECTS,
    measured,
    slow,
  });
}
