export * from './faults.ts';
export * from './memory-adapter.ts';
export * from './seed.ts';
