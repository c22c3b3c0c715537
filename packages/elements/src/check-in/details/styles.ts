import { css } from 'lit';

/** How a patient's details look. */
export const styles = css`

  .detail {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: calc(var(--_space) / 2) calc(var(--_space) * 2);
    align-items: center;
    padding-block: calc(var(--_space) * 1.5);
    border-block-end: 0.0625rem solid var(--_border);
  }

  .detail bdi {
    white-space: pre-line;
  }

  .detail :is(dt, .said) {
    grid-column: 1;
  }

  .detail .value {
    font-size: 1.125em;
  }

  .detail .acts {
    grid-row: 1 / span 2;
    grid-column: 2;
    justify-content: end;
  }

  .mark {
    font-weight: 600;
  }

  @container (inline-size < 30rem) {
    .detail {
      grid-template-columns: 1fr;
    }

    .detail .acts {
      grid-row: auto;
      grid-column: 1;
      justify-content: start;
    }
  }
`;
