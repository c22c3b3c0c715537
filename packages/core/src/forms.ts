import * as z from 'zod/mini';
import { OUTCOMES } from './answers.ts';
import { Acting, Cursor, Day, Id, Instant, Language, Limit, pageOf, text, Version, whole } from './common.ts';
import { queueableWrite, read, write } from './operation.ts';
import { isDay, isInstant } from './time.ts';

export * from './answers.ts';

/**
 * A schema that leaves a value to one made for its like, where there is one. A form has hundreds of items with a few of
 * thirty fields each, and as many options of one of thirteen kinds: to try every field and every kind of each takes a
 * slow device a third of a frame.
 */
function delegating<T extends z.ZodMiniType>(schema: T, delegate: (value: object) => z.ZodMiniType | undefined): T {
  const run = schema._zod.run.bind(schema._zod);
  schema._zod.run = (payload, context) => {
    const value: unknown = payload.value;
    const chosen = typeof value === 'object' && value !== null ? delegate(value) : undefined;
    return chosen ? chosen._zod.run(payload, context) : run(payload, context);
  };
  return schema;
}

/** Any of these objects, each of which has a field of its own: that field says which one it is. */
function named<const T extends readonly z.ZodMiniObject[]>(kinds: T): z.ZodMiniUnion<T> {
  const byName = new Map(kinds.map((kind) => [Object.keys(kind.shape)[0], kind]));
  return delegating(z.union(kinds), (value) => {
    const [name, ...more] = Object.keys(value);
    return more.length ? undefined : byName.get(name);
  });
}

/** An object of whose optional fields most have few: those that it has not are not asked about. */
function sparse<T extends z.ZodMiniObject>(schema: T): T {
  const made = new Map<string, z.ZodMiniObject>();
  return delegating(schema, (value) => {
    const { shape } = schema;
    let like = '';
    for (const name in value) if (name in shape) like += `${name} `;
    let kind = made.get(like);
    if (!kind && made.size < 100) {
      const kept = Object.entries(shape).filter(([name, field]) => name in value || field._zod.optin !== 'optional');
      made.set(like, (kind = z.object(Object.fromEntries(kept))));
    }
    return kind;
  });
}

/** What an item of a form is or asks for (https://hl7.org/fhir/R4/valueset-item-type.html). */
export const ItemType = z.enum([
  'group',
  'display',
  'boolean',
  'decimal',
  'integer',
  'date',
  'dateTime',
  'time',
  'string',
  'text',
  'url',
  'choice',
  'open-choice',
  'attachment',
  'reference',
  'quantity',
]);
export type ItemType = z.output<typeof ItemType>;

/** A concept by its code. */
export const Coding = z.object({
  system: z.optional(z.string()),
  version: z.optional(z.string()),
  code: z.optional(z.string()),
  display: z.optional(z.string()),
});
export type Coding = z.output<typeof Coding>;

/** A measured amount with its unit. */
export const Quantity = z.object({
  value: z.optional(z.number()),
  unit: z.optional(z.string()),
  system: z.optional(z.string()),
  code: z.optional(z.string()),
});
export type Quantity = z.output<typeof Quantity>;

/** A file: its contents in Base64, or where it is. */
export const Attachment = z.object({
  contentType: z.optional(z.string()),
  data: z.optional(z.string()),
  url: z.optional(z.string()),
  title: z.optional(z.string()),
});
export type Attachment = z.output<typeof Attachment>;

/** A day, or a month or a year where no more is known: `1984-06-17`, `1984-06`, `1984`. */
export const PartialDate = z
  .string()
  .check(z.refine((date) => /^\d{4}(-\d\d(-\d\d)?)?$/.test(date) && isDay(`${date}-01-01`.slice(0, 10))));

const DateTime = z.string().check(z.refine((at) => isInstant(at) || PartialDate.safeParse(at).success));
const Time = z.string().check(z.refine((time) => /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?$/.test(time)));

/** One answer, under the name of its kind. `unknown` says that the person was asked and is not sure. */
export const Value = named([
  z.object({ coding: Coding }),
  z.object({ boolean: z.boolean() }),
  z.object({ string: z.string() }),
  z.object({ integer: whole(-2_147_483_648, 2_147_483_647) }),
  z.object({ decimal: z.number() }),
  z.object({ date: PartialDate }),
  z.object({ dateTime: DateTime }),
  z.object({ time: Time }),
  z.object({ uri: z.string() }),
  z.object({ quantity: Quantity }),
  z.object({ attachment: Attachment }),
  z.object({ reference: z.object({ reference: z.optional(z.string()), display: z.optional(z.string()) }) }),
  z.object({ unknown: z.literal(true) }),
]);
export type Value = z.output<typeof Value>;

/** An answer to choose. */
export const FormOption = z.object({
  value: Value,
  prefix: z.optional(z.string()),
  /** Chosen, it leaves no other: "none of these". */
  exclusive: z.optional(z.boolean()),
});
export type FormOption = z.output<typeof FormOption>;

/** When an item is asked: what another question's answer must be. */
export const Condition = z.object({
  /** The `linkId` of the other question. */
  question: z.string(),
  operator: z.enum(['exists', '=', '!=', '>', '<', '>=', '<=']),
  value: Value,
});
export type Condition = z.output<typeof Condition>;

/** What must hold, as a FHIRPath expression, and what to say where it does not. */
export const Constraint = z.object({
  expression: z.string(),
  text: z.string(),
  /** A `warning` lets the form be sent all the same. */
  severity: z.enum(['error', 'warning']),
});
export type Constraint = z.output<typeof Constraint>;

/** What a triage comes to, from the most to the least urgent. */
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.output<typeof Outcome>;

/** How an item wants to be shown (https://hl7.org/fhir/R4/valueset-questionnaire-item-control.html). */
export const Control = z.enum([
  'drop-down',
  'radio-button',
  'check-box',
  'autocomplete',
  'slider',
  'page',
  'header',
  'footer',
  'help',
]);
export type Control = z.output<typeof Control>;

/** A question, a heading over questions, or words between them. Expressions are FHIRPath (https://hl7.org/fhirpath/). */
export const FormItem = z.object({
  /** Names the item in its form, and no other there. */
  linkId: z.string(),
  type: ItemType,
  /** What is asked, in plain text. */
  text: z.optional(z.string()),
  prefix: z.optional(z.string()),
  /** More about the question, for those who want it. */
  help: z.optional(z.string()),
  /** How the answer is to be written: `MM/DD/YYYY`. */
  entryFormat: z.optional(z.string()),
  control: z.optional(Control),
  orientation: z.optional(z.enum(['horizontal', 'vertical'])),
  required: z.optional(z.boolean()),
  repeats: z.optional(z.boolean()),
  readOnly: z.optional(z.boolean()),
  /** It has an answer that the person is not shown. */
  hidden: z.optional(z.boolean()),
  minOccurs: z.optional(whole(0)),
  maxOccurs: z.optional(whole(1)),
  minLength: z.optional(whole(0)),
  maxLength: z.optional(whole(1)),
  /** The least and the greatest answer, of the kind that is asked for. An amount without a unit is one in the usual unit. */
  min: z.optional(Value),
  max: z.optional(Value),
  decimals: z.optional(whole(0)),
  /** How far apart the answers are that a slider stops at. */
  sliderStep: z.optional(z.number().check(z.positive())),
  /** A regular expression that the whole of a written answer must match. */
  pattern: z.optional(z.string()),
  /** How large a file may be, in bytes, and of which media types. */
  maxBytes: z.optional(whole(1)),
  mediaTypes: z.optional(z.array(z.string())),
  options: z.optional(z.array(FormOption)),
  /** What to ask `findOptions` for, where the options are not known with the form. */
  valueSet: z.optional(z.string()),
  /** The units that an amount can be given in; the first is the usual one. */
  units: z.optional(z.array(Coding)),
  initial: z.optional(z.array(Value)),
  enableWhen: z.optional(z.array(Condition)),
  /** Whether `all` or `any` of the conditions must hold: all unless said. */
  enableBehavior: z.optional(z.enum(['all', 'any'])),
  enableWhenExpression: z.optional(z.string()),
  calculatedExpression: z.optional(z.string()),
  initialExpression: z.optional(z.string()),
  variables: z.optional(z.array(z.object({ name: z.string(), expression: z.string() }))),
  /** The records that a group begins with: an occurrence for each, which its expressions know by the name. */
  population: z.optional(z.object({ name: z.string(), expression: z.string() })),
  constraints: z.optional(z.array(Constraint)),
  /** Any answer but these makes the staff review urgent; with `alert`, staff are told as soon as it is given. */
  flag: z.optional(z.object({ unless: z.array(Value), alert: z.optional(z.boolean()) })),
  /** While the item is asked or shown, this is what the triage comes to. */
  outcome: z.optional(Outcome),
  get items(): z.ZodMiniOptional<z.ZodMiniArray<typeof FormItem>> {
    return z.optional(z.array(FormItem));
  },
});
export type FormItem = z.output<typeof FormItem>;

/** What of a form could not be used, and is left out or shown plainly. */
export const FormProblem = z.object({
  linkId: z.optional(z.string()),
  reason: z.enum([
    'malformed',
    'unknown-type',
    'duplicate-link-id',
    'too-deep',
    'too-many',
    'markup',
    'condition',
    'condition-loop',
    'expression',
    'expression-stopped',
    'value-set',
    'pattern',
    'unsupported',
  ]),
});
export type FormProblem = z.output<typeof FormProblem>;

/** What a form is for. `screening` asks about the person's health, such as the PHQ-9: no score is shown to them. */
export const Purpose = z.enum(['intake', 'safety', 'screening', 'triage']);
export type Purpose = z.output<typeof Purpose>;

const about = {
  id: Id,
  version: Version,
  title: z.string(),
  purpose: Purpose,
  /** Never shown to someone who acts for the patient. */
  patientOnly: z.optional(z.boolean()),
};

/** A form to fill in, in one language. */
export const Form = z.object({
  ...about,
  /** The language of its words, which may not be the one asked for; `und` (undetermined) where the clinic does not say. */
  language: Language,
  description: z.optional(z.string()),
  copyright: z.optional(z.string()),
  /** Its publisher's name for this edition. */
  edition: z.optional(z.string()),
  /** Who has approved it for use, and when. */
  approvedBy: z.optional(z.string()),
  approvedOn: z.optional(Day),
  /** Not for clinical use. */
  sample: z.optional(z.boolean()),
  items: z.array(sparse(FormItem)),
  /** As on an item, for all of the form. */
  variables: FormItem.shape.variables,
  population: FormItem.shape.population,
  constraints: FormItem.shape.constraints,
  /** What the expressions may refer to by name, in the shape that they were written for. */
  context: z.optional(z.record(z.string(), z.unknown())),
  problems: z.optional(z.array(FormProblem)),
});
export type Form = z.output<typeof Form>;

/** A form that waits to be filled in. */
export const WaitingForm = z.object({
  ...about,
  /** The visit that it is for. */
  appointmentId: z.optional(Id),
  /** The day by which it is wanted. */
  due: z.optional(Day),
});
export type WaitingForm = z.output<typeof WaitingForm>;

/** What was answered: a tree that follows the form's. What was not asked is not in it. */
export const ResponseItem = z.object({
  linkId: z.string(),
  get answers(): z.ZodMiniOptional<z.ZodMiniArray<typeof Answer>> {
    return z.optional(z.array(Answer));
  },
  get items(): z.ZodMiniOptional<z.ZodMiniArray<typeof ResponseItem>> {
    return z.optional(z.array(ResponseItem));
  },
});
export type ResponseItem = z.output<typeof ResponseItem>;

/** One answer, with what was asked further because of it. */
export const Answer = z.object({
  value: Value,
  get items(): z.ZodMiniOptional<z.ZodMiniArray<typeof ResponseItem>> {
    return z.optional(z.array(ResponseItem));
  },
});
export type Answer = z.output<typeof Answer>;

const FormRef = z.object({ id: Id, version: Version });

const given = {
  /** The form as it was when it was filled in. */
  form: FormRef,
  appointmentId: z.optional(Id),
  /** The language in which the questions were read, or `und`. */
  language: Language,
  /** When it was filled in. */
  authored: Instant,
  items: z.array(ResponseItem),
  /** What a triage came to. */
  outcome: z.optional(Outcome),
};

/** Hands in a form. */
export const Submission = z.object({ acting: Acting, ...given });
export type Submission = z.output<typeof Submission>;

/** A form that was handed in. */
export const FormResponse = z.object({ id: Id, ...given });
export type FormResponse = z.output<typeof FormResponse>;

/** Tells staff now of something that cannot wait. */
export const AlertRequest = z.object({
  acting: Acting,
  /** An `answer` that staff must hear of at once, or a triage that says it is an `emergency`. */
  reason: z.enum(['answer', 'emergency']),
  form: FormRef,
  appointmentId: z.optional(Id),
  /** The question, and what was answered. */
  linkId: z.optional(z.string()),
  values: z.optional(z.array(Value)),
});
export type AlertRequest = z.output<typeof AlertRequest>;

const paging = { cursor: z.optional(Cursor), limit: z.optional(Limit) };

/** Which forms are asked for. */
export const FormQuery = z.object({
  acting: Acting,
  /** Those of one visit only. */
  appointmentId: z.optional(Id),
  language: z.optional(Language),
  ...paging,
});
export type FormQuery = z.output<typeof FormQuery>;

/** Which options are asked for. */
export const OptionQuery = z.object({
  formId: Id,
  valueSet: text(1, 2000),
  /** What they must contain. */
  filter: z.optional(text(0, 200)),
  language: z.optional(Language),
  ...paging,
});
export type OptionQuery = z.output<typeof OptionQuery>;

const acting = { patientId: 'p1' };
const form = { id: 'f1', version: '1' };

/** The questions about forms. */
export const forms = {
  /**
   * The forms that wait for the patient, or for one visit: that one's until its day is over, also for who comes late.
   * A safety form is asked again on the day of the visit.
   */
  findForms: read(FormQuery, pageOf(WaitingForm), { sample: { acting } }),

  /** One form, in the language asked for where it has that. `forbidden` to a representative where it is the patient's alone. */
  getForm: read(
    z.object({
      acting: Acting,
      formId: Id,
      appointmentId: z.optional(Id),
      language: z.optional(Language),
    }),
    Form,
    { sample: { acting, formId: 'f1' } },
  ),

  /** What a value set of a form has to choose from. */
  findOptions: read(OptionQuery, pageOf(FormOption), { sample: { formId: 'f1', valueSet: 'colors' } }),

  /**
   * Hands in a form. Staff get a review of it; urgent where an answer is flagged. `invalid` names what is wrong by
   * its path; `conflict` when the form has changed. The receipt's id is a response.
   */
  submitForm: queueableWrite(Submission, {
    sample: { acting, form, language: 'en', authored: '2026-03-02T09:30:00-05:00', items: [] },
  }),

  /** One form that was handed in. */
  getResponse: read(z.object({ acting: Acting, responseId: Id }), FormResponse, {
    sample: { acting, responseId: 'r1' },
  }),

  /** Tells staff at once. Never queued: an answer means that staff have it before them. */
  raiseAlert: write(AlertRequest, z.object({ id: Id }), { sample: { acting, reason: 'answer', form } }),
};
