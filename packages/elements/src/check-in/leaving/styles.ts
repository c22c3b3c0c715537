import { css } from 'lit';
import { styles as paymentStyles } from '../payment/styles.ts';

/** How the way out looks, and what is due, which is shown within it. */
export const styles = css`
  ${paymentStyles}

  .entries {
    display: grid;
    gap: calc(var(--_space) * 2);
  }

  .entries > li {
    display: grid;
    gap: calc(var(--_space) / 2);
    justify-items: start;
    padding: calc(var(--_space) * 2);
    border: 0.0625rem solid var(--_border);
    border-radius: var(--_radius);
  }

  .instructions {
    max-inline-size: 45rem;
  }
`;
