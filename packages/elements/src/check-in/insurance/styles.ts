import { css } from 'lit';

/** How the insurance on file looks. */
export const styles = css`

  .coverages {
    display: grid;
    gap: calc(var(--_space) * 2);
  }

  .coverage {
    display: grid;
    gap: var(--_space);
    justify-items: start;
    padding: calc(var(--_space) * 2);
    border: 0.125rem solid var(--_border);
    border-radius: var(--_radius);
  }

  .coverage dl {
    display: grid;
    grid-template-columns: minmax(5rem, max-content) 1fr;
    gap: calc(var(--_space) / 2) calc(var(--_space) * 2);
  }

  @container (inline-size < 32rem) {
    .coverage dl {
      grid-template-columns: 1fr;
    }

    .coverage dd:not(:last-child) {
      margin-block-end: var(--_space);
    }
  }
`;
