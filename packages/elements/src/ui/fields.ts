import { css } from 'lit';

/** How fields for words look; a widget that has none on its first screen need not load it. */
export const fields = css`
  select,
  textarea {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: var(--_space);
    color: var(--_text);
    background: var(--_surface);
    border: 0.0625rem solid var(--_border);
    border-radius: var(--_radius);
  }
`;
