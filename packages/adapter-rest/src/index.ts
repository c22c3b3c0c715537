export { restAdapter, type RestOptions } from './rest-adapter.ts';
export { type Caller, restHandler, type RestHandlerOptions } from './rest-handler.ts';
