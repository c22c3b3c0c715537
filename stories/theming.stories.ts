import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import { clinicOf } from './clinics.ts';
import { press, see } from './patient.ts';
import { type Args, args, pickerAt, type Story } from './picker.ts';

const picker = pickerAt(clinicOf);

/** A part of a page with a theme of its own. */
const themed = (theme: string) => (args: Args) => html`
  <div data-theme=${theme} style="padding: 1rem; background: var(--clinic-color-surface)">${picker(args)}</div>`;

const description = `
Every widget looks right without any stylesheet. To make it yours, set the tokens \`--clinic-…\` on the page or on any
part of it: \`themes/default.css\` lists them all. \`themes/dark.css\` and \`themes/contrast.css\` apply where the page
says \`data-theme="dark"\` or \`data-theme="contrast"\`.

\`\`\`css
clinic-appointment-picker {
  --clinic-color-accent: #7a1f5c;
  --clinic-radius: 1.5rem;
}
\`\`\`

What tokens do not reach, parts do. They are named in the table below.

\`\`\`css
clinic-appointment-picker::part(slot) {
  border-style: dotted;
}
\`\`\`

Set the colors together. Words on their surface need a contrast of 4.5 to 1, \`on-accent\` on \`accent\` too; borders
need 3 to 1. Language and direction follow the page: try them in the toolbar.
`;

export default {
  title: 'Theming',
  component: 'clinic-appointment-picker',
  args: { ...args, visitTypeId: 'check-up' },
  parameters: { docs: { description: { component: description } } },
  render: picker,
  async play({ canvasElement }) {
    await press(canvasElement, 'free');
    await see(canvasElement, ({ parts }) => parts.morning);
  },
} satisfies Meta<Args>;

/** The look of the page, or the default where the page sets nothing. */
export const Default: Story = {};

/** For a dark page, or a dark part of a page. */
export const Dark: Story = {
  render: themed('dark'),
};

/** For readers who need strong contrast. */
export const Contrast: Story = {
  render: themed('contrast'),
};

/** A vendor's own: every token has another value, and a few parts are styled by name. */
export const Vendor: Story = {
  render: (args) => html`
    <style>
      .larkspur {
        --clinic-color-surface: #fffaf3;
        --clinic-color-raised: #f5e9dc;
        --clinic-color-text: #2b1d0e;
        --clinic-color-muted: #5c4a38;
        --clinic-color-border: #8a7560;
        --clinic-color-accent: #7a1f5c;
        --clinic-color-on-accent: #fff;
        --clinic-color-danger: #9b1c1c;
        --clinic-space: 0.625rem;
        --clinic-radius: 1.5rem;
        --clinic-target-size: 3.25rem;
        --clinic-font: 1.0625rem/1.6 Georgia, serif;
      }

      .larkspur clinic-appointment-picker {
        padding: 2rem;
      }

      .larkspur clinic-appointment-picker::part(heading) {
        padding-block-end: 0.25rem;
        border-block-end: 0.25rem double #7a1f5c;
      }

      .larkspur clinic-appointment-picker::part(slot) {
        border-style: dotted;
      }
    </style>
    <div class="larkspur">${picker(args)}</div>`,
};
