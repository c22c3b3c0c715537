import { css } from 'lit';

/** How the check-in looks. */
export const styles = css`
  .large {
    font-size: 1.35em;
  }

  .largest {
    font-size: 1.75em;
  }

  .contrast {
    --_surface: Canvas;
    --_raised: Canvas;
    --_text: CanvasText;
    --_muted: CanvasText;
    --_border: CanvasText;
    --_accent: CanvasText;
    --_on-accent: Canvas;
    --_danger: CanvasText;
    color: var(--_text);
    background: var(--_surface);
  }

  .ways {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
    grid-auto-rows: 1fr;
    gap: calc(var(--_space) * 1.5);
  }

  .ways button {
    inline-size: 100%;
    min-block-size: calc(var(--_target) * 1.5);
  }

  .card {
    display: grid;
    gap: calc(var(--_space) / 2);
    inline-size: 100%;
    padding: calc(var(--_space) * 2);
    color: var(--_text);
    border-color: var(--_border);
    font-weight: 400;
    text-align: start;
  }

  button[aria-pressed='true'] {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: var(--_accent);
  }

  button[aria-pressed='true']::before {
    content: '✓ ' / '';
  }

  .size-large {
    font-size: 1.2em;
  }

  .size-largest {
    font-size: 1.45em;
  }

  .quiet {
    background: none;
    border-color: transparent;
    text-decoration: underline;
  }

  .birth {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 1.5);
  }

  .birth label {
    font-weight: 400;
  }

  .birth .month {
    flex: 1 1 12rem;
    max-inline-size: 18rem;
  }

  .birth .day {
    inline-size: 5rem;
  }

  .birth .year {
    inline-size: 7rem;
  }

  .person {
    margin-block-start: calc(var(--_space) * 2);
    padding-block-start: calc(var(--_space) * 2);
    border-block-start: 0.0625rem solid var(--_border);
  }

  /*
   * What protects the patient is bare: nothing that a page says of it counts, nor what is said here without force. Its own
   * letters are the measure, which are never small.
   */
  .protected.stack,
  .protected.stack :is(form, .field, fieldset) {
    display: grid !important;
    gap: 0.75em !important;
    justify-items: start !important;
  }

  .protected.stack {
    padding: 1em !important;
    border: 2px solid currentcolor !important;
    border-radius: 8px !important;
  }

  .protected.stack :is(form, .field, fieldset),
  .protected.stack textarea {
    inline-size: 100% !important;
  }

  .protected.stack :is(h3, p, fieldset, legend) {
    margin: 0 !important;
    padding: 0 !important;
    border: 0 !important;
  }

  .protected.stack :is(h3, strong, legend, .urgent, .field label) {
    font-weight: 700 !important;
  }

  .protected.stack :is(.urgent, [role='alert'] strong) {
    font-size: 1.25em !important;
  }

  .protected.stack .row {
    display: flex !important;
    flex-wrap: wrap !important;
    gap: 0.75em !important;
  }

  .protected.stack .choice {
    display: flex !important;
    gap: 0.5em !important;
    align-items: center !important;
    min-block-size: 48px !important;
  }

  .protected.stack textarea {
    max-inline-size: 32em !important;
    padding: 0.5em !important;
  }

  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
  }
`;
