export * from './fhir-adapter.ts';
export type { ClientOptions } from './client.ts';
export type { BookingWay, ClinicOptions } from './clinic.ts';
export type { Reason, Warn, Warning } from './lenient.ts';
export type { CheckInOptions, Reception, SchedulingOptions } from './setting.ts';
