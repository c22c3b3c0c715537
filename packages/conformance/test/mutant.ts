import assert from 'node:assert/strict';
import { it } from 'node:test';
import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import {
  type Call,
  type ClinicAdapter,
  defineAdapter,
  operationNames,
  type OperationName,
} from '@clinic-widgets/core/adapter.js';
import { ClinicError, type ErrorCode, isClinicError } from '@clinic-widgets/core/errors.js';
import { cases, runCase } from '../src/cases.ts';
import { type AdapterSetup, harborWorld } from '../src/describe-adapter.ts';
import type { HarborClinic } from '../src/harbor-clinic.ts';

/** An adapter that a clinic would regret, and which promises tell. */
export interface Mutant {
  readonly breaks: RegExp;
  readonly setup: AdapterSetup;
}

/** What is wrong with it. */
export type Mutation = (adapter: ClinicAdapter) => Partial<ClinicAdapter>;

/** The reference adapter with one thing wrong with it, behind the gate that all adapters pass. */
export const mutant = (breaks: RegExp, mutation: Mutation, clinic = {}): Mutant => ({
  breaks,
  setup: (seed, now) => {
    const adapter = memoryAdapter({ ...seed, clinic: { ...seed.clinic, ...clinic } }, { now });
    return defineAdapter({ ...adapter, ...mutation(adapter) });
  },
});

/** The reference adapter with something wrong at the gate itself. */
export const gateless = (breaks: RegExp, change: (call: Call) => Call): Mutant => ({
  breaks,
  setup: (seed, now) => {
    const adapter = memoryAdapter(seed, { now });
    return { ...adapter, ...calling(adapter, change, operationNames) };
  },
});

/** The operations named, called in another way. */
export const calling = (adapter: ClinicAdapter, change: (call: Call) => Call, names: readonly OperationName[]) =>
  Object.fromEntries(names.map((name) => [name, change(adapter[name] as Call)])) as Partial<ClinicAdapter>;

/** The input without some of its fields. */
export const without = <T>(input: T, ...fields: readonly string[]): T =>
  Object.fromEntries(Object.entries(input as object).filter(([field]) => !fields.includes(field))) as T;

/** The answers with their items altered. */
export const altering =
  (alter: (items: unknown[], input: { cursor?: string; limit?: number }) => unknown[]) =>
  (call: Call): Call =>
  async (input, options) => {
    const page = (await call(input, options)) as { items: unknown[] };
    return { ...page, items: alter(page.items, input as { cursor?: string }) };
  };

/** The adapter with the items of one answer altered. */
export const showing =
  <T>(name: OperationName, alter: (items: T[]) => unknown[]) =>
  (adapter: ClinicAdapter) =>
    calling(
      adapter,
      altering((items) => alter(items as T[])),
      [name],
    );

/** The adapter with the input of one operation changed. */
export const hearing =
  <K extends OperationName>(name: K, change: (input: Parameters<ClinicAdapter[K]>[0]) => unknown) =>
  (adapter: ClinicAdapter) =>
    calling(
      adapter,
      (call): Call =>
        (input, options) =>
          call(change(input as Parameters<ClinicAdapter[K]>[0]), options),
      [name],
    );

/** The adapter with the answer of one operation altered. */
export const answeringWith =
  <K extends OperationName>(
    name: K,
    alter: (answer: Awaited<ReturnType<ClinicAdapter[K]>>, input: Parameters<ClinicAdapter[K]>[0]) => unknown,
  ): Mutation =>
  (adapter) =>
    calling(
      adapter,
      (call): Call =>
        async (input, options) =>
          alter(
            (await call(input, options)) as Awaited<ReturnType<ClinicAdapter[K]>>,
            input as Parameters<ClinicAdapter[K]>[0],
          ),
      [name],
    );

/** The adapter that does something else where it would refuse. */
const refusing =
  (name: OperationName, handle: (error: unknown, input: unknown, adapter: ClinicAdapter) => unknown): Mutation =>
  (adapter) =>
    calling(
      adapter,
      (call): Call =>
        (input, options) =>
          call(input, options).catch((error: unknown) => handle(error, input, adapter)),
      [name],
    );

/** The adapter that refuses nothing with these codes: it answers with something instead. */
export const forgiving = (
  name: OperationName,
  codes: readonly ErrorCode[],
  instead: (input: unknown, adapter: ClinicAdapter) => unknown,
): Mutation =>
  refusing(name, (error, input, adapter) => {
    if (isClinicError(error) && codes.includes(error.code)) return instead(input, adapter);
    throw error;
  });

/** The adapter that says of nothing it refuses why. */
export const unexplaining = (name: OperationName): Mutation =>
  refusing(name, (error) => {
    throw isClinicError(error) ? new ClinicError(error.code, error.message, { paths: error.paths }) : error;
  });

/** The reference adapter of a clinic that is otherwise than Harbor Clinic. */
export const elsewise = (breaks: RegExp, change: (seed: HarborClinic) => Partial<HarborClinic>): Mutant => ({
  breaks,
  setup: (seed, now) => memoryAdapter({ ...seed, ...change(seed) }, { now }),
});

/** Hands a test of each mutant to the runner: every case that is named for it fails, and so catches it. */
export function describeMutants(mutants: Readonly<Record<string, Mutant>>): void {
  for (const [wrong, { breaks, setup }] of Object.entries(mutants)) {
    it(`catch an adapter that ${wrong}`, async () => {
      const telling = cases.filter(({ operations, name }) => breaks.test(`${operations[0]}: ${name}`));
      assert.ok(telling.length > 0, `No case is called ${breaks}.`);
      for (const one of telling) {
        const { outcome } = await runCase(one, () => harborWorld(setup));
        assert.equal(outcome, 'failed', one.name);
      }
    });
  }
}
