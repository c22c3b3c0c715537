import { css } from 'lit';

/** How the views look that are fetched when they are needed. */
export const moreStyles = css`
  section.card {
    justify-items: start;
    block-size: auto;
  }

  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr));
    gap: calc(var(--_space) * 2);
    align-items: end;
    padding-block: var(--_space);
  }

  .series {
    display: grid;
    gap: var(--_space);
    margin: 0;
    padding-inline-start: 2rem;
  }

  .list {
    display: grid;
  }
`;
