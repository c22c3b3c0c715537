import { css } from 'lit';

/** How what is due looks. */
export const styles = css`

  .charges {
    display: grid;
    max-inline-size: 40rem;
  }

  .charges > div {
    display: flex;
    gap: calc(var(--_space) * 2);
    justify-content: space-between;
    padding-block: var(--_space);
    border-block-end: 0.0625rem solid var(--_border);
  }

  .charges dd {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .charges .total :is(dt, dd) {
    color: var(--_text);
    font-size: 1.25em;
    font-weight: 700;
  }

  .answers {
    justify-self: stretch;
  }

  /* No way to pay stands out from the others, or is easier to reach. */
  .equal {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    grid-auto-rows: 1fr;
    gap: var(--_space);
  }

  @container (inline-size < 36rem) {
    .equal {
      grid-template-columns: 1fr;
    }
  }
`;
