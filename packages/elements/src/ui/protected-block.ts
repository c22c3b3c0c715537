import { css } from 'lit';

/**
 * How more than a button looks that protects the patient, under the classes `protected stack`. Such a block is bare: nothing
 * that a page says of it counts, nor what a widget says without force. Its own letters are the measure, which are never small.
 */
export const protectedBlock = css`
  .protected.stack {
    display: grid !important;
    gap: 0.75em !important;
    justify-items: start !important;
    padding: 1em !important;
    border: 2px solid currentcolor !important;
    border-radius: 8px !important;
  }

  .protected.stack > :is(h3, p) {
    margin: 0 !important;
  }

  .protected.stack :is(h3, strong, .urgent) {
    font-weight: 700 !important;
  }

  .protected.stack .urgent {
    font-size: 1.25em !important;
  }

  .protected.stack .prose {
    white-space: pre-line !important;
  }
`;
