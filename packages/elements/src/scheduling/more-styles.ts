import { css } from 'lit';
import { fields } from '../ui/fields.ts';

/** How the views look that are fetched when they are needed. */
export const moreStyles = css`
  ${fields}
  .prose,
  textarea {
    max-inline-size: 65ch;
  }

  .error {
    color: var(--_danger);
    font-weight: 600;
  }

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

  .facts {
    display: grid;
    grid-template-columns: minmax(5rem, max-content) 1fr;
    gap: var(--_space) calc(var(--_space) * 2);
  }

  .facts dd {
    white-space: pre-line;
  }

  @container (inline-size < 24rem) {
    .facts {
      grid-template-columns: 1fr;
      gap: 0;
    }

    .facts dd {
      margin-block-end: var(--_space);
    }
  }
`;
