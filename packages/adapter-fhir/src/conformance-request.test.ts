import { after, describe, it } from 'node:test';
import { describeAdapter } from '@clinic-widgets/conformance/describe-adapter.js';
import { harborResources } from '../../../test/fhir-server/harbor.ts';
import { startFhirServer } from '../../../test/fhir-server/fhir-server.ts';
import { fhirAdapter } from './fhir-adapter.ts';

const server = await startFhirServer({ readOnly: ['Slot'] });
after(() => server.close());

describeAdapter(
  'fhirAdapter, at a server where Slots cannot be written,',
  async (clinic, now) => {
    await server.reset(harborResources(clinic));
    return fhirAdapter({ baseUrl: server.baseUrl, name: 'Harbor Clinic', timeZone: 'America/New_York', now });
  },
  { describe, it },
);
