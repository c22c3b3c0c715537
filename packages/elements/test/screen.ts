import { waitUntil } from '@open-wc/testing';
import { configure, screen } from 'shadow-dom-testing-library';

/** Nothing is proved by how fast a busy machine is: what a part is made of may have to be fetched first. */
const PATIENCE = 10_000;

configure({ asyncUtilTimeout: PATIENCE, getElementError: (message) => new Error(message?.split('\n')[0]) });

/** What a person finds on the page, patiently. */
export { screen };

/** Waits until something is so. */
export const until = (isSo: () => boolean, what?: string) => waitUntil(isSo, what, { interval: 10, timeout: PATIENCE });
