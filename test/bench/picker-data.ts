import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import type { ClinicAdapter } from '@clinic-widgets/core';
import { clinicWith, NOW } from './slots.ts';

/** The clinic, its books laid out: elsewhere that is a server's work. */
export async function prepare(count: number): Promise<ClinicAdapter> {
  const adapter = memoryAdapter(clinicWith(count), { now: () => NOW });
  await adapter.findVisitTypes({});
  return adapter;
}
