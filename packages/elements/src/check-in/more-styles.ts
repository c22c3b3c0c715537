import { css } from 'lit';

/** How what comes after the identity looks. */
export const moreStyles = css`
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
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(var(--_space) * 2);
    align-items: center;
    min-block-size: var(--_target);
    padding-block: calc(var(--_space) / 2);
    border-block-end: 0.0625rem solid var(--_border);
  }

  .check-list li > .hint {
    margin-inline-start: auto;
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
