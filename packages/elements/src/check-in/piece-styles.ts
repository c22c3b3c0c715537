import { css } from 'lit';

/** How the fields and the lists of facts look that parts of the check-in have in common. */
export const pieceStyles = css`
  .field input:not([type='radio'], [type='checkbox']) {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: var(--_space);
    color: var(--_text);
    background: var(--_surface);
    border: 0.0625rem solid var(--_border);
    border-radius: var(--_radius);
  }

  .field :is(input, select, textarea) {
    max-inline-size: 32rem;
  }

  .field :is(input, select, textarea)[aria-invalid='true'] {
    border-color: var(--_danger);
    border-width: 0.125rem;
  }

  .field .hint,
  .field .error {
    margin-block-end: calc(var(--_space) / 2);
  }

  .error {
    color: var(--_danger);
    font-weight: 600;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
