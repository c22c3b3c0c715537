import { after, describe, it } from 'node:test';
import { describeAdapter } from '@clinic-widgets/conformance/describe-adapter.js';
import { withReminders } from '../../../test/fhir-server/harbor-check-in.ts';
import { harborResources } from '../../../test/fhir-server/harbor.ts';
import { startFhirServer } from '../../../test/fhir-server/fhir-server.ts';
import { fhirAdapter } from './fhir-adapter.ts';

const server = await startFhirServer({ readOnly: ['Slot'] });
after(() => server.close());

describeAdapter(
  'fhirAdapter, at a server where Slots cannot be written,',
  async (clinic, now) => {
    await server.reset(harborResources(clinic));
    const { name, timeZone } = clinic.clinic;
    const adapter = fhirAdapter({ baseUrl: server.baseUrl, name, timeZone, now, onServer: clinic.checkIn });
    return withReminders(adapter, clinic);
  },
  { describe, it },
);
