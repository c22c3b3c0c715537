import { css } from 'lit';

/** How the check-in looks. */
export const styles = css`
  .large {
    font-size: 1.35em;
  }

  .largest {
    font-size: 1.75em;
  }

  .contrast {
    --_surface: Canvas;
    --_raised: Canvas;
    --_text: CanvasText;
    --_muted: CanvasText;
    --_border: CanvasText;
    --_accent: CanvasText;
    --_on-accent: Canvas;
    --_danger: CanvasText;
    color: var(--_text);
    background: var(--_surface);
  }

  .ways {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
    grid-auto-rows: 1fr;
    gap: calc(var(--_space) * 1.5);
  }

  .ways button {
    inline-size: 100%;
    min-block-size: calc(var(--_target) * 1.5);
  }

  .card {
    display: grid;
    gap: calc(var(--_space) / 2);
    inline-size: 100%;
    padding: calc(var(--_space) * 2);
    color: var(--_text);
    border-color: var(--_border);
    font-weight: 400;
    text-align: start;
  }

  button[aria-pressed='true'] {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: var(--_accent);
  }

  button[aria-pressed='true']::before {
    content: '✓ ' / '';
  }

  .size-large {
    font-size: 1.2em;
  }

  .size-largest {
    font-size: 1.45em;
  }

  .quiet {
    background: none;
    border-color: transparent;
    text-decoration: underline;
  }

  .birth {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 1.5);
  }

  .birth label {
    font-weight: 400;
  }

  .birth :is(.month, .day) {
    inline-size: 5rem;
  }

  .birth .year {
    inline-size: 7rem;
  }

  /* A way to a person stays in sight, whatever is scrolled: nothing lies above it, and nothing that has the focus below. */
  .person {
    padding-block: var(--_space);
    background: var(--_surface);
    border-block-start: 0.0625rem solid var(--_border);
  }

  .person.row {
    display: grid;
    grid-template-columns: fit-content(60%) auto;
    justify-items: start;
  }

  /* On a low screen, or at 400 %, it would take the place of what is to be read. */
  @media (min-height: 30rem) {
    .at-hand {
      position: sticky;
      z-index: 2;
      inset-block-end: 0;
    }
  }

  :focus {
    scroll-margin-block-end: calc(var(--_target) + var(--_space) * 5);
  }

  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
  }
`;
