import type { ClinicAdapter } from '@clinic-widgets/core';
import type { FormProblemEvent, FormSubmittedEvent } from '@clinic-widgets/elements';
import '@clinic-widgets/elements/define.js';
import { html, nothing, render, type TemplateResult } from 'lit';
import { adapterOf } from './adapter.ts';
import { readPortal, showFrame } from './frame.ts';
import { startingWith } from './people.ts';
import { linkHere } from './settings.ts';
import { applyTheme } from './theme.ts';
import { putForm } from './upload.ts';

/** What the page has to tell whoever writes the form. */
interface Told {
  /** Why a file was not taken. */
  readonly refused: readonly string[];
  /** What of the form cannot be used. */
  readonly problems: readonly string[];
  /** What the clinic calls the answers. */
  readonly responseId: string;
}

applyTheme();
const portal = await readPortal();
const { config, people, settings } = portal;
showFrame('form.html', portal, 'Try a form');
const main = document.querySelector('main')!;
const [person] = startingWith(settings.forId, people);
const adapter = await adapterOf(settings.adapter, config).catch(() => undefined);

let told: Told = { refused: [], problems: [], responseId: '' };
show({});

function show(change: Partial<Told>): void {
  told = { ...told, ...change };
  render(
    html`
      <h1>Try a form</h1>
      ${adapter ? widget(adapter) : html`<p class="panel">The clinic cannot be reached.</p>`}
      <div class="told" role="status">${list('What of the form cannot be used', told.problems)} ${answers()}</div>
      ${config ? chooser(config.fhirBaseUrl) : nothing}
    `,
    main,
  );
}

function chooser(fhirBaseUrl: string): TemplateResult {
  const choose = async ({ target }: Event) => {
    const [file] = (target as HTMLInputElement).files ?? [];
    if (!file) return;
    const put = await putForm(file, fhirBaseUrl);
    if ('refused' in put) show({ refused: put.refused });
    else location.assign(linkHere('form.html', { adapter: 'fhir', form: put.id }));
  };
  return html`
    <p class="file">
      <label for="file">A FHIR R4 Questionnaire of your own, as JSON</label>
      <input id="file" type="file" accept=".json,application/json,application/fhir+json" @change=${choose} />
      <small>It goes to the FHIR server on this computer, which checks it and forgets it when it ends.</small>
    </p>
    <div role="alert">${list('The FHIR server has not taken the file', told.refused)}</div>
  `;
}

function widget(adapter: ClinicAdapter): TemplateResult {
  const { language, direction, formId, visitId, paging, onSite } = settings;
  return html`
    <clinic-provider class="panel" lang=${language} dir=${direction} .adapter=${adapter}>
      <clinic-form
        form-id=${formId}
        appointment-id=${visitId}
        patient-id=${person?.patientId ?? ''}
        representative-id=${person?.representativeId ?? ''}
        paging=${paging}
        ?on-site=${onSite}
        @clinic-form-problem=${({ reason, linkId }: FormProblemEvent) =>
          show({ problems: [...told.problems, linkId ? `${reason}: ${linkId}` : reason] })}
        @clinic-form-submitted=${({ responseId }: FormSubmittedEvent) => show({ responseId })}
      ></clinic-form>
    </clinic-provider>
  `;
}

function answers() {
  const { responseId } = told;
  if (!responseId) return nothing;
  const name = `QuestionnaireResponse/${responseId}`;
  return html`<p>
    The answers:
    ${
      settings.adapter === 'fhir'
        ? html`<a class="reference" href="${config!.fhirBaseUrl}/${name}">${name}</a>`
        : html`<code class="reference">${responseId}</code>`
    }
  </p>`;
}

function list(title: string, lines: readonly string[]) {
  if (lines.length === 0) return nothing;
  return html`<h2>${title}</h2>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>`;
}
