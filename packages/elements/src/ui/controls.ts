import { css } from 'lit';

/** How headings, buttons, fields and notices look in every widget. */
export const controls = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  h2,
  h3,
  h4,
  p,
  dl,
  dd,
  ul,
  fieldset,
  legend {
    margin: 0;
    padding: 0;
    border: 0;
  }

  h2 {
    font-size: 1.5em;
    line-height: 1.25;
  }

  h3 {
    font-size: 1.125em;
    line-height: 1.25;
  }

  h4,
  dt {
    color: var(--_muted);
    font-size: 1em;
    font-weight: 600;
  }

  ul {
    list-style: none;
  }

  /* A column that is as wide as all of it is not measured by what is in it, level by level. */
  .stack {
    display: grid;
    grid-template-columns: 100%;
    gap: calc(var(--_space) * 2);
    justify-items: start;
  }

  .stack > * {
    max-inline-size: 100%;
  }

  .wide {
    inline-size: 100%;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    align-items: center;
  }

  .prose {
    white-space: pre-line;
  }

  .number {
    color: inherit;
    white-space: nowrap;
  }

  button,
  a[part~='button'] {
    display: inline-block;
    min-block-size: var(--_target);
    min-inline-size: var(--_target);
    padding: var(--_space) calc(var(--_space) * 2);
    color: var(--_accent);
    background: var(--_surface);
    border: 0.125rem solid currentcolor;
    border-radius: var(--_radius);
    font: inherit;
    font-weight: 600;
    text-align: center;
    cursor: pointer;
  }

  button:hover {
    background: var(--_raised);
  }

  [part~='primary'],
  [part~='primary']:hover {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: var(--_accent);
  }

  [aria-disabled='true'] {
    cursor: default;
    opacity: 0.7;
  }

  :focus-visible {
    outline: 0.1875rem solid var(--_accent);
    outline-offset: 0.125rem;
  }

  [part~='heading']:focus {
    outline: none;
  }

  label,
  legend {
    display: block;
    margin-block-end: calc(var(--_space) / 2);
    font-weight: 600;
  }

  .hint {
    color: var(--_muted);
  }

  input,
  select,
  textarea {
    accent-color: var(--_accent);
    font: inherit;
    font-weight: 400;
  }

  .choice {
    display: inline-flex;
    margin: 0;
    gap: var(--_space);
    align-items: center;
    min-block-size: var(--_target);
    padding-inline-end: calc(var(--_space) * 2);
    font-weight: 400;
  }

  .choice input {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
    margin: 0;
  }

  [part~='notice'],
  [part~='alert'] {
    padding: calc(var(--_space) * 1.5);
    background: var(--_raised);
    border-inline-start: 0.375rem solid var(--_accent);
    border-radius: var(--_radius);
  }

  [part~='alert'] {
    border-color: var(--_danger);
  }

  [part~='status']:empty {
    display: none;
  }

  @media (forced-colors: active) {
    [part~='primary'] {
      border-width: 0.25rem;
    }

    [aria-disabled='true'] {
      color: GrayText;
      opacity: 1;
    }
  }
`;
