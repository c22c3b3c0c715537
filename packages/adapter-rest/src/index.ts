export { restAdapter, type RestOptions } from './rest-adapter.ts';
export { restHandler } from './rest-handler.ts';
