import { describe, it } from 'node:test';
import { describeAdapter } from '@clinic-widgets/conformance/describe-adapter.js';
import { harborSetup } from '../test/harbor-setup.ts';

describeAdapter('fhirAdapter, at a server where Slots cannot be written,', harborSetup({ readOnly: ['Slot'] }), {
  describe,
  it,
});
