export { NotApplicable } from './assert.ts';
export type { Case } from './case.ts';
export * from './cases.ts';
export * from './describe-adapter.ts';
export * from './harbor-clinic.ts';
export type { HarborPatient, HarborRepresentative } from './harbor-patients.ts';
export type { Identity, Lobby, Visitors } from './lobby.ts';
export type { World } from './world.ts';
