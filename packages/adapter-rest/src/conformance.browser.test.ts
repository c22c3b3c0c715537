import { memoryAdapter } from '@clinic-widgets/adapter-memory';
import { describeAdapter } from '@clinic-widgets/conformance';
import { restAdapter } from './rest-adapter.ts';
import { restHandler } from './rest-handler.ts';

describeAdapter('restAdapter over restHandler, in a browser', (clinic, now) => {
  const serve = restHandler(memoryAdapter(clinic, { now }));
  return restAdapter({ baseUrl: 'https://clinic.test/api', fetch: (input, init) => serve(new Request(input, init)) });
});
