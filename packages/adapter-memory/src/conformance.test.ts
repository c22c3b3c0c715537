import { describe, it } from 'node:test';
import { describeAdapter } from '@clinic-widgets/conformance/describe-adapter.js';
import { memoryAdapter } from './memory-adapter.ts';

describeAdapter('memoryAdapter', (clinic, now) => memoryAdapter(clinic, { now }), { describe, it });

describeAdapter(
  'memoryAdapter of a clinic that takes requests only',
  (clinic, now) => memoryAdapter({ ...clinic, clinic: { ...clinic.clinic, requestOnly: true } }, { now }),
  { describe, it },
);
