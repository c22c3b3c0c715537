import { css } from 'lit';
import { protectedBlock } from '../ui/protected-block.ts';

/** How what comes after the identity looks. */
export const moreStyles = css`
  ${protectedBlock}

  .turn {
    font-size: 1.35em;
    font-weight: 700;
  }

  .check-list {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .check-list li {
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: calc(var(--_space) / 2) calc(var(--_space) * 2);
    align-items: center;
    justify-items: start;
    min-block-size: var(--_target);
    padding-block: calc(var(--_space) / 4);
    border-block-end: 0.0625rem solid var(--_border);
  }

  @container (inline-size < 32rem) {
    .check-list li {
      grid-template-columns: auto 1fr;
    }

    .check-list .hint {
      grid-column: 2;
    }
  }

  .ticket {
    display: inline-block;
    font-size: 2em;
  }

  .urgent {
    font-size: 1.35em;
    font-weight: 700;
  }

  progress {
    inline-size: 100%;
    accent-color: var(--_accent);
  }

  img {
    inline-size: min(100%, 24rem);
    block-size: auto;
  }
`;
