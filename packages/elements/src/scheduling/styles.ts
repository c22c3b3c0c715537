import { css } from 'lit';

/** How the appointment picker looks. */
export const styles = css`
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr));
    gap: calc(var(--_space) * 1.5);
  }

  .card {
    display: grid;
    gap: calc(var(--_space) / 2);
    align-content: start;
    inline-size: 100%;
    block-size: 100%;
    padding: calc(var(--_space) * 2);
    color: var(--_text);
    border: 0.125rem solid var(--_border);
    border-radius: var(--_radius);
    font-weight: 400;
    text-align: start;
  }

  div.card {
    border-style: dashed;
  }

  summary {
    inline-size: fit-content;
    min-block-size: var(--_target);
    padding-block: var(--_space);
    color: var(--_accent);
    font-weight: 600;
    cursor: pointer;
  }

  .mark {
    display: inline-block;
    justify-self: start;
    padding-inline: var(--_space);
    color: var(--_danger);
    border: 0.0625rem solid currentcolor;
    border-radius: var(--_radius);
    font-size: 0.875rem;
    font-weight: 600;
  }

  .sides {
    display: grid;
    gap: calc(var(--_space) * 3);
  }

  @container (inline-size > 52rem) {
    .sides {
      grid-template-columns: minmax(calc(7 * (var(--_target) + 0.125rem)), 28rem) 1fr;
      align-items: start;
    }
  }

  .month {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: var(--_space);
  }

  .turn {
    padding: 0;
    font-size: 1.5em;
    line-height: 1;
  }

  table {
    inline-size: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }

  th {
    padding-block: var(--_space);
    color: var(--_muted);
    font-size: 0.875em;
    font-weight: 600;
    overflow-wrap: normal;
  }

  td {
    padding: 0.0625rem;
  }

  .day {
    display: grid;
    align-content: center;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: max(3.5rem, var(--_target));
    padding: 0.125rem;
    color: var(--_muted);
    border-color: transparent;
    font-weight: 400;
    line-height: 1.2;
    opacity: 1;
  }

  .day[part~='free'] {
    color: var(--_accent);
    background: var(--_raised);
    font-weight: 700;
  }

  .day[part~='free']:hover {
    border-color: var(--_accent);
  }

  /* The name of the day says it in full: what is seen of it is no second text. */
  .day[data-free]::after {
    content: attr(data-free);
    font-size: 0.75em;
    font-weight: 600;
    unicode-bidi: plaintext;
  }

  .day[aria-current='date'] {
    text-decoration: underline;
  }

  td[aria-selected='true'] .day {
    color: var(--_on-accent);
    background: var(--_accent);
  }

  /* Whoever has chosen a day sees its times, also above what stays at the end of the screen. */
  [data-focus='times']:focus {
    scroll-margin-block-end: 24rem;
  }

  .slots {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(8em, 100%), 1fr));
    gap: var(--_space);
  }

  .slot {
    inline-size: 100%;
    block-size: 100%;
  }

  .slot .hint {
    display: block;
    font-size: 0.875em;
    font-weight: 400;
  }

  @container (inline-size < 24rem) {
    .day[data-free]::after {
      font-size: 0.6875em;
    }
  }

  /* Where a day is narrower than its words, the times say how many they are. */
  @container (inline-size < 20rem) {
    .day[data-free]::after {
      content: none;
    }

    th {
      font-size: 0.75em;
    }
  }

  @media (forced-colors: active) {
    .day {
      border-color: Canvas;
    }

    .day[part~='free'] {
      border-color: ButtonText;
    }

    td[aria-selected='true'] .day {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
  }
`;
