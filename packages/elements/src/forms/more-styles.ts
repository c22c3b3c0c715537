import { css } from 'lit';
import { protectedStyles } from '../ui/protected.ts';
import { protectedBlock } from '../ui/protected-block.ts';

/** How rarer fields look, and what comes after the questions. */
export const moreStyles = css`
  .date {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    inline-size: 100%;
    max-inline-size: 32rem;
  }

  .part {
    display: flex;
    flex-direction: column;
    margin: 0;
    font-weight: 400;
  }

  .part.day {
    flex: 0 0 3.25rem;
  }

  .part:is(.month, .year) {
    flex: 0 0 4.5rem;
  }

  .part.time {
    flex: 0 0 9rem;
  }

  input[type='range'] {
    inline-size: min(32rem, 100%);
    min-block-size: var(--_target);
  }

  [aria-pressed='true'] {
    color: var(--_on-accent);
    background: var(--_accent);
  }

  .found {
    display: grid;
    gap: calc(var(--_space) / 2);
  }

  .answers {
    padding-block-end: calc(var(--_space) * 2);
    border-block-end: 0.0625rem solid var(--_border);
  }

  .answers dl {
    display: grid;
    gap: var(--_space);
  }

  .urgent,
  a.urgent {
    font-size: 1.5em;
    font-weight: 700;
  }

  a {
    color: var(--_accent);
  }

  a[part~='primary'] {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: var(--_accent);
  }

  li a {
    display: block;
    padding-block: calc(var(--_space) * 1.25);
  }

  @media (forced-colors: active) {
    [aria-pressed='true'] {
      color: SelectedItemText;
      background: SelectedItem;
      forced-color-adjust: none;
    }
  }

  ${protectedBlock}
`;

/** The same, and last of all what protects the patient: no question is shown before it is there. */
export const partStyles = css`
  ${moreStyles}
  ${protectedStyles}
`;
