import { css } from 'lit';

/**
 * What protects the patient: decline, help, emergency, the source of a statement. A theme may give it another font and
 * other measures by the tokens, and can neither hide nor shrink it. An element puts this last among its styles and gives
 * such controls the class `protected` besides their part.
 *
 * In a shadow tree `!important` wins over whatever a page says of `::part()`
 * (https://www.w3.org/TR/css-cascade-5/#cascade-context), and over animations; `all` also undoes what is not thought of here.
 */
export const protectedStyles = css`
  :host {
    opacity: 1 !important;
    visibility: visible !important;
    filter: none !important;
    mask: none !important;
    clip-path: none !important;
    transform: none !important;
    scale: none !important;
    rotate: none !important;
    translate: none !important;
    zoom: 1 !important;
  }

  /* Nothing may lie above it. */
  :host::before,
  :host::after,
  *:not(.protected, .protected *, .at-hand),
  *::before,
  *::after {
    z-index: auto !important;
  }

  .protected,
  .protected * {
    all: revert !important;
    box-sizing: border-box !important;
    animation: none !important;
    transition: none !important;
    color: light-dark(#16202c, #fff) !important;
    font-family: inherit !important;
    font-size: max(1em, 16px) !important;
    font-weight: inherit !important;
    font-stretch: normal !important;
    font-size-adjust: none !important;
    line-height: 1.5 !important;
    letter-spacing: normal !important;
    word-spacing: normal !important;
    text-indent: 0 !important;
    text-transform: none !important;
    text-shadow: none !important;
    text-align: start !important;
    white-space: normal !important;
    writing-mode: horizontal-tb !important;
    overflow-wrap: anywhere !important;
    visibility: visible !important;
    pointer-events: auto !important;
    forced-color-adjust: auto !important;
    -webkit-text-fill-color: currentcolor !important;
    -webkit-text-security: none !important;
    -webkit-text-stroke: 0 !important;
  }

  .protected {
    position: relative !important;
    z-index: 1 !important;
    margin: 0 !important;
    max-inline-size: 100% !important;
    background: light-dark(#fff, #10181f) !important;
  }

  /* What is said here in pixels holds where a token makes no sense; the row grows with the token where it does. */
  .protected:is(button, a),
  .protected :is(button, a) {
    display: inline-grid !important;
    grid-template-rows: minmax(clamp(36px, var(--_target) - 12px, 128px), auto) !important;
    align-items: center !important;
    min-inline-size: 64px !important;
    min-block-size: 48px !important;
    padding: 4px 1em !important;
    background: light-dark(#fff, #10181f) !important;
    border: 2px solid currentcolor !important;
    border-radius: min(var(--_radius), 24px) !important;
    font-weight: 600 !important;
    text-align: center !important;
    cursor: pointer !important;
  }

  .protected::before,
  .protected::after,
  .protected *::before,
  .protected *::after {
    all: revert !important;
    content: none !important;
  }

  /* What stands beside it does not drag it along. */
  :has(> .protected) > * {
    margin: 0 !important;
  }

  .protected:focus-visible,
  .protected :focus-visible {
    outline: 3px solid currentcolor !important;
    outline-offset: 2px !important;
  }

  /* What it stands in may not hide it either. */
  :has(.protected) {
    opacity: 1 !important;
    filter: none !important;
    mask: none !important;
    clip-path: none !important;
    clip: auto !important;
    transform: none !important;
    scale: none !important;
    rotate: none !important;
    translate: none !important;
    zoom: 1 !important;
    animation: none !important;
    contain: none !important;
    content-visibility: visible !important;
    overflow: visible !important;
    max-block-size: none !important;
  }

  [part]:has(.protected) {
    display: block !important;
    position: static !important;
    float: none !important;
    margin: 0 !important;
    min-inline-size: auto !important;
    inline-size: auto !important;
    max-inline-size: 100% !important;
    block-size: auto !important;
    text-indent: 0 !important;
    offset-path: none !important;
  }
`;
