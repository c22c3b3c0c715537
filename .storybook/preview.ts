import { withThemeByDataAttribute } from '@storybook/addon-themes';
import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import { mswLoader } from 'msw-storybook-addon/csf3';
import manifest from '../packages/elements/custom-elements.json' with { type: 'json' };
import '../packages/elements/themes/default.css';
import '../packages/elements/themes/dark.css';
import '../packages/elements/themes/contrast.css';
import '../packages/elements/themes/kiosk.css';
import './preview.css';

setCustomElementsManifest(manifest);

const preview: Preview = {
  tags: ['autodocs'],
  loaders: [mswLoader()],
  parameters: { a11y: { test: 'error' }, controls: { expanded: true }, backgrounds: { disabled: true } },
  // A control that would change nothing is not offered: only what a story hands to its element is.
  argTypesEnhancers: [
    ({ argTypes, initialArgs }) =>
      Object.fromEntries(
        Object.entries(argTypes).map(([name, type]) => [
          name,
          name in initialArgs ? type : { ...type, control: false },
        ]),
      ),
  ],
  initialGlobals: { language: 'en', direction: 'ltr' },
  globalTypes: {
    language: {
      toolbar: {
        title: 'Language',
        icon: 'globe',
        items: [
          { value: 'en', title: 'English' },
          { value: 'es', title: 'Español' },
        ],
      },
    },
    direction: {
      toolbar: {
        title: 'Direction',
        icon: 'transfer',
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
  },
  decorators: [
    withThemeByDataAttribute({
      themes: { light: 'light', dark: 'dark', contrast: 'contrast', kiosk: 'kiosk' },
      defaultTheme: 'light',
      attributeName: 'data-theme',
    }),
    (story, { globals }) => {
      document.documentElement.lang = String(globals['language']);
      document.documentElement.dir = String(globals['direction']);
      return story();
    },
  ],
};

export default preview;
