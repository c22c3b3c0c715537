import { after, describe, it } from 'node:test';
import { describeAdapter } from '@clinic-widgets/conformance/describe-adapter.js';
import { harborResources } from '../../../test/fhir-server/harbor.ts';
import { startFhirServer } from '../../../test/fhir-server/fhir-server.ts';
import { fhirAdapter } from './fhir-adapter.ts';

const server = await startFhirServer();
after(() => server.close());

describeAdapter(
  'fhirAdapter, with the Slot as the lock,',
  async (clinic, now) => {
    await server.reset(harborResources(clinic));
    return fhirAdapter({ baseUrl: server.baseUrl, name: 'Harbor Clinic', timeZone: 'America/New_York', now });
  },
  { describe, it },
);
