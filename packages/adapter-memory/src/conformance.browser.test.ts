import { describeAdapter } from '@clinic-widgets/conformance/describe-adapter.js';
import { memoryAdapter } from './memory-adapter.ts';

describeAdapter('memoryAdapter, in a browser', (clinic, now) => memoryAdapter(clinic, { now }));
