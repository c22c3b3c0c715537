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

  .plain {
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

  .birth .month {
    flex: 1 1 12rem;
    max-inline-size: 18rem;
  }

  .birth .day {
    inline-size: 5rem;
  }

  .birth .year {
    inline-size: 7rem;
  }

  .person {
    margin-block-start: calc(var(--_space) * 2);
    padding-block-start: calc(var(--_space) * 2);
    border-block-start: 0.0625rem solid var(--_border);
  }

  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
  }
`;
