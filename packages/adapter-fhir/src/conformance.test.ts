import { describe, it } from 'node:test';
import { describeAdapter } from '@clinic-widgets/conformance/describe-adapter.js';
import { harborSetup } from '../test/harbor-setup.ts';

describeAdapter('fhirAdapter, with the Slot as the lock,', harborSetup(), { describe, it });
