import { css } from 'lit';

/** Public `--clinic-*` tokens with their defaults, under the private names that the styles use. */
export const tokens = css`
  :host {
    --_surface: var(--clinic-color-surface, #fff);
    --_raised: var(--clinic-color-raised, #f1f5f9);
    --_text: var(--clinic-color-text, #16202c);
    --_muted: var(--clinic-color-muted, #4a5868);
    --_border: var(--clinic-color-border, #76869a);
    --_accent: var(--clinic-color-accent, #0a5a9c);
    --_on-accent: var(--clinic-color-on-accent, #fff);
    --_danger: var(--clinic-color-danger, #a3211a);
    --_space: var(--clinic-space, 0.5rem);
    --_radius: var(--clinic-radius, 0.5rem);
    --_target: var(--clinic-target-size, 3rem);
    display: block;
    container-type: inline-size;
    color: var(--_text);
    background: var(--_surface);
    font: var(--clinic-font, 1rem/1.5 system-ui, sans-serif);
    overflow-wrap: anywhere;
  }

  :host([hidden]) {
    display: none;
  }
`;
