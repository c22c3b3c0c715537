import { mount as mountForm } from './clinic-form.ts';
import type { Mount } from './form.ts';

const asked = new URLSearchParams(location.search);
const json = await (await fetch(`/questionnaires/${asked.get('questionnaire')}.json`)).text();
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The first page that the form makes, as it stands in its shadow root. */
async function firstPage(): Promise<{ page: HTMLTemplateElement; styles: readonly CSSStyleSheet[] }> {
  const aside = document.body.appendChild(document.createElement('div'));
  const form = mountForm(aside, () => Promise.resolve(json));
  while (!form.shown()) await pause(20);
  // What is worked out has its place by then.
  await pause(1000);
  const { innerHTML, adoptedStyleSheets } = form.root.querySelector('clinic-form')!.shadowRoot!;
  const page = document.createElement('template');
  page.innerHTML = innerHTML.replaceAll(/<!--.*?-->/g, '');
  aside.remove();
  return { page, styles: [...adoptedStyleSheets] };
}

const { page, styles } = await firstPage();

/** The first page of the form with nothing to make it from: the same nodes and styles, put in at once when the JSON comes. */
export const mount: Mount = (target, questionnaire) => {
  const root = target.appendChild(document.createElement('div'));
  const shadow = root.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = [...styles];
  const find = <E extends Element>(selector: string) => shadow.querySelector<E>(selector);
  void questionnaire().then(() => shadow.append(page.content.cloneNode(true)));

  return {
    root,
    shown: () => find('[part~=question]') !== null,
    option: () => root,
    furtherShown: () => false,
    field: () => find<HTMLInputElement>('input')!,
  };
};
