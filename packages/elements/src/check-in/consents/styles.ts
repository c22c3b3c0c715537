import { css } from 'lit';

/** How documents and signatures look. */
export const styles = css`
  .document {
    display: grid;
    gap: calc(var(--_space) * 2);
    max-inline-size: 45rem;
    padding: calc(var(--_space) * 2);
    border: 0.0625rem solid var(--_border);
    border-radius: var(--_radius);
  }

  .document dd {
    margin-block-end: var(--_space);
    white-space: pre-line;
  }

  .decision {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr));
    gap: calc(var(--_space) * 1.5);
    max-inline-size: 45rem;
  }

  .decision > button {
    min-block-size: calc(var(--_target) * 1.25);
  }

  .options {
    display: grid;
  }

  .sheet {
    display: block;
    inline-size: 100%;
    max-inline-size: 37.5rem;
    block-size: 12.5rem;
    background: #fff;
    border: 0.125rem solid var(--_border);
    border-radius: var(--_radius);
  }

  .entries {
    display: grid;
    gap: calc(var(--_space) * 2);
  }

  .entries > li {
    display: grid;
    gap: calc(var(--_space) / 2);
    justify-items: start;
    padding-block-end: calc(var(--_space) * 1.5);
    border-block-end: 0.0625rem solid var(--_border);
  }

  .bullets {
    padding-inline-start: 1.5em;
    list-style: disc;
  }
`;
