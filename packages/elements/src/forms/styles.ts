import { css } from 'lit';

/** How a form looks. */
export const styles = css`
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr));
    gap: calc(var(--_space) * 1.5);
  }

  .card {
    display: grid;
    gap: calc(var(--_space) / 2);
    inline-size: 100%;
    padding: calc(var(--_space) * 2);
    color: var(--_text);
    border: 0.125rem solid var(--_border);
    font-weight: 400;
    text-align: start;
  }

  .question,
  .group,
  .occurrence,
  .options,
  .under {
    display: grid;
    grid-template-columns: 100%;
    gap: var(--_space);
    justify-items: start;
    min-inline-size: 0;
  }

  .question {
    margin-block-end: calc(var(--_space) * 2);
  }

  .group,
  .under,
  .occurrence {
    gap: calc(var(--_space) * 2);
  }

  .group > .question,
  .under > .question,
  .occurrence > .question {
    margin-block-end: 0;
  }

  .under,
  .occurrence {
    padding-inline-start: calc(var(--_space) * 1.5);
    border-inline-start: 0.25rem solid var(--_border);
    inline-size: 100%;
  }

  .question > :is(.under, .occurrence) {
    gap: var(--_space);
  }

  .wrong {
    padding-inline-start: calc(var(--_space) * 1.5);
    border-inline-start: 0.375rem solid var(--_danger);
  }

  .error {
    color: var(--_danger);
    font-weight: 600;
  }

  .options {
    gap: 0;
  }

  /* Options of several lines keep apart; those of one line are as high as what can be pressed. */
  .options > .choice {
    padding-block: var(--_space);
  }

  /* The words of a form are read in their own direction, and stand where the page's do. */
  [dir='auto'] {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .options.horizontal {
    display: flex;
    flex-wrap: wrap;
  }

  /* Afloat, a legend is laid out as a label is. */
  legend {
    float: left;
    inline-size: 100%;
  }

  legend,
  .question > label {
    margin: 0;
    white-space: pre-line;
  }

  label .hint,
  legend .hint {
    font-weight: 400;
  }

  input:not([type='radio'], [type='checkbox'], [type='range']) {
    inline-size: 100%;
    max-inline-size: 32rem;
    min-block-size: var(--_target);
    padding: var(--_space);
    color: var(--_text);
    background: var(--_surface);
    border: 0.0625rem solid var(--_border);
    border-radius: var(--_radius);
  }

  select {
    max-inline-size: 32rem;
  }

  input.number,
  input.time {
    inline-size: 10rem;
  }

  select.unit {
    inline-size: auto;
    max-inline-size: 100%;
  }

  .question .row {
    align-items: end;
  }

  .row > :is(span, strong) {
    padding-block: var(--_space);
  }

  :is(input, select, textarea)[aria-invalid='true'] {
    border-color: var(--_danger);
  }

  .plain {
    padding-inline: 0;
    background: none;
    border: 0;
    font-weight: 400;
    text-decoration: underline;
  }

  .small {
    font-size: 0.875em;
  }

  progress {
    inline-size: 100%;
    accent-color: var(--_accent);
  }
`;
