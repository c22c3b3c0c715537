import { describeBooking } from '../test/booking-conformance.ts';
import { harborSetup } from '../test/harbor-setup.ts';

describeBooking('fhirAdapter, at a server where Slots cannot be written,', harborSetup({ readOnly: ['Slot'] }));
