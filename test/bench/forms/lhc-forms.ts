import 'lforms/dist/lforms/webcomponent/styles.css';
import { ASKED, CODES, type Mount } from './form.ts';
import { LHC_FILES } from './lhc-files.ts';

const scripts = LHC_FILES.map((file) => {
  const script = document.createElement('script');
  script.src = `/lforms/${file}`;
  // They are fetched at once, and run in this order.
  script.async = false;
  document.head.append(script);
  return new Promise((resolve) => script.addEventListener('load', resolve));
});
await Promise.all(scripts);
await customElements.whenDefined('wc-lhc-form');

// Where frames are not held to a screen's rate, an animation would take all of the time that it runs.
const still = document.createElement('style');
still.textContent = '* { animation: none !important; transition: none !important }';
document.head.append(still);

/** LHC-Forms: its web component with a Questionnaire, all of it on one page, without animations. */
export const mount: Mount = (target, questionnaire) => {
  const form = document.createElement('wc-lhc-form');
  target.append(form);
  void questionnaire().then((json) => Object.assign(form, { questionnaire: JSON.parse(json) as unknown }));

  return {
    root: form,
    shown: () => form.querySelector('lhc-item-question input') !== null,
    option: (which) => form.querySelector(`label[id^="${ASKED.choice}/"][id$="|${CODES[which]}"]`)!,
    furtherShown: () => form.querySelector(`[id^="item-${ASKED.further}/"]`) !== null,
    field: () => form.querySelector(`input[id^="${ASKED.words}/"]`)!,
  };
};
