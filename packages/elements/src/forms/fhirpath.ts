// Part of the worker's file alone: the library weighs more than all widgets together.
import type { Form } from '@clinic-widgets/core/forms.js';
import library from 'fhirpath';
import model from 'fhirpath/fhir-context/r4';
import type { LanguageOf, Place, Scope } from './language.ts';

const settings = {
  resolveInternalTypes: false,
  // Else 0.1 + 0.2 is not 0.3, which is nothing to show to a patient.
  preciseMath: true,
  // It would write what it is given, which is health information, to the console.
  traceFn: () => undefined,
} as const;

/** The path of what an expression of an item is about. */
const ITEM = 'QuestionnaireResponse.item';

/** Names that the library gives a meaning itself. */
const RESERVED = ['context', 'ucum', 'factory', 'terminologies'];

/** An expression that has been read. */
interface Reading {
  readonly evaluate: (context: unknown, scope: Scope) => unknown[];
  /** What it may refer to by a name. */
  readonly names: readonly string[];
}

type Readings = (text: string, base?: typeof ITEM) => Reading;

const known = new WeakMap<Form, Map<string, Reading>>();

/** The expressions of a form, each read once: that takes longer than to work it out. */
function readingsOf(form: Form): Readings {
  const all = known.get(form) ?? new Map<string, Reading>();
  known.set(form, all);
  return (text, base) => {
    const key = `${base} ${text}`;
    const reading = all.get(key) ?? readingOf(text, base);
    all.set(key, reading);
    return reading;
  };
}

function readingOf(text: string, base: string | undefined): Reading {
  const compiled = library.compile(base ? { base, expression: text } : text, model, settings);
  const named = [...text.matchAll(/%(?:(\w+)|[`']([^`']+)[`'])/g)].map(([, plain, quoted]) => plain ?? quoted!);
  const isOwn = (name: string) => new RegExp(`defineVariable\\(\\s*'${name.replace(/\W/g, '\\$&')}'`).test(text);
  const names = [...new Set(named)].filter((name) => !RESERVED.includes(name) && !isOwn(name));
  return { evaluate: (context, scope) => compiled(context, scope) as unknown[], names };
}

/** FHIRPath (https://hl7.org/fhirpath/), about a response. */
export const fhirPath: LanguageOf = (form, { resource }) => {
  const readings = readingsOf(form);
  const places = lazily(() => placesIn(resource, readings));
  const questions = lazily(() => questionsIn(form.context?.['questionnaire'], readings));

  function run(text: string, { context, scope, linkId }: Place): readonly unknown[] {
    const place = context === resource ? resource : places().get(context);
    const { names, evaluate } = readings(text, place ? undefined : ITEM);
    const own: Record<string, unknown> = {};
    for (const name of names) {
      if (name === 'qitem') own[name] = questions().get(linkId) ?? [];
      // What nobody has given is nothing, and no reason to fail.
      else if (!Object.hasOwn(scope, name)) own[name] = [];
    }
    return evaluate(place ?? context, { ...scope, ...own });
  }

  return {
    scope: {
      sct: 'http://snomed.info/sct',
      loinc: 'http://loinc.org',
      ...form.context,
      resource,
      rootResource: resource,
    },
    run,
    results: (text, at) =>
      run(text, at).flatMap((node) => {
        const [value] = library.resolveInternalTypes([node]) as unknown[];
        const [type] = library.types([node]);
        return value === undefined ? [] : [{ value, type: type!.replace(/^.*\./, '') }];
      }),
  };
};

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

interface LibraryNode {
  readonly data: object;
}

/** The items of a response as the library has them: with what is around them, by which it finds the weights of answers. */
function placesIn(resource: object, readings: Readings): ReadonlyMap<object, unknown> {
  const places = new Map<object, unknown>();
  const look = (at: unknown): void => {
    // Not as a union, which would take two occurrences with the same answers for one.
    for (const path of ['item', 'answer.item']) {
      for (const node of readings(path).evaluate(at, {}) as LibraryNode[]) {
        places.set(node.data, node);
        look(node);
      }
    }
  };
  look(resource);
  return places;
}

/** The items of a Questionnaire by their linkIds. */
function questionsIn(questionnaire: unknown, readings: Readings): ReadonlyMap<string | undefined, unknown> {
  if (!questionnaire) return new Map();
  const all = readings('repeat(item)').evaluate(questionnaire, {}) as LibraryNode[];
  return new Map(all.map((node) => [(node.data as { linkId?: string }).linkId, node]));
}
