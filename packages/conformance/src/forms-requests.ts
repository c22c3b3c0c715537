import type { operationsOf } from '@clinic-widgets/core/adapter.js';
import { attentionTo, findForm, findQuestion, handIn, submissionOf } from './forms-found.ts';
import { type Prepared, reading } from './prepared.ts';
import type { World } from './world.ts';

type FormOperation = (typeof operationsOf.forms)[number];

/** A valid request for each operation about forms. */
export const formRequests: { readonly [K in FormOperation]: (world: World) => Promise<Prepared<K>> } = {
  findForms: async ({ patientId }) => reading({ acting: { patientId } }),

  async getForm(world) {
    const { id } = await findForm(world);
    return reading({ acting: { patientId: world.patientId }, formId: id });
  },

  async findOptions(world) {
    const { form, item } = await findQuestion(world, 'a value set', ({ valueSet }) => valueSet !== undefined);
    return reading({ formId: form.id, valueSet: item.valueSet! });
  },

  async submitForm(world) {
    return { input: submissionOf(world, await findForm(world)), trace: () => attentionTo(world) };
  },

  async getResponse(world) {
    const seen = (await attentionTo(world)).find(({ responseId }) => responseId !== undefined);
    const responseId = seen?.responseId ?? (await handIn(world, submissionOf(world, await findForm(world))));
    return reading({ acting: { patientId: world.patientId }, responseId });
  },

  async raiseAlert(world) {
    const { id, version } = await findForm(world);
    const acting = { patientId: world.patientId };
    return { input: { acting, reason: 'answer', form: { id, version } }, trace: () => attentionTo(world) };
  },
};

/** The reads that find only what patients have handed in. */
export const formReadsOfWrites: readonly FormOperation[] = ['getResponse'];
