import { html, nothing, type TemplateResult } from 'lit';
import { type Checked, countsOf, OUTCOMES, reportOf } from './check-report.ts';
import type { Result } from './check-run.ts';

/** What the page shows: what is asked for, how far the check is, what it found. */
export interface CheckState {
  readonly step: 'asking' | 'running' | 'ended';
  /** Why the check did not start, or ended early. */
  readonly trouble: string;
  readonly checked: Checked | undefined;
  /** The servers of the demo itself. */
  readonly own: readonly Own[];
}

/** A server that is known here: its fields can be filled in. */
export interface Own {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What the person may do. */
export interface CheckActions {
  readonly start: (event: SubmitEvent) => void;
  readonly stop: () => void;
  readonly fill: (own: Own) => void;
  readonly copy: (event: Event) => void;
}

/** The whole page below the portal's header. */
export function view(state: CheckState, actions: CheckActions): TemplateResult {
  return html`
    <h1>Adapter check</h1>
    <p class="lead">
      Point the widgets at your own server and see, operation by operation, what works, what does not, and why.
    </p>
    ${form(state, actions)}
    <p class="progress" role="status">${status(state)}</p>
    ${state.trouble ? html`<p class="trouble" role="alert">${state.trouble}</p>` : nothing}
    ${state.checked ? results(state, state.checked, actions) : nothing}
  `;
}

const form = ({ step, own }: CheckState, { start, stop, fill }: CheckActions) => html`
  <form class="panel" @submit=${start}>
    <fieldset ?disabled=${step === 'running'}>
      <legend>Your server</legend>
      ${
        own.length > 0
          ? html`
              <p class="own">
                To try it out:
                ${own.map((each) => html`<button type="button" class="quiet" @click=${() => fill(each)}>${each.name}</button> `)}
              </p>
            `
          : nothing
      }
      <div class="field">
        <span id="kind">It speaks</span>
        <span role="radiogroup" aria-labelledby="kind">
          <label><input type="radio" name="kind" value="fhir" required checked /> FHIR R4</label>
          <label><input type="radio" name="kind" value="rest" required /> the REST of these widgets</label>
        </span>
      </div>
      ${field('baseUrl', 'Base URL', { required: true, hint: `It must allow ${location.origin} (CORS).` })}
      ${field('token', 'Access token', { type: 'password', hint: 'Optional. It is kept in this page’s memory only.' })}
      ${field('patientId', 'Test patient', { required: true, hint: 'The id of a patient who is made up.' })}
      ${field('otherPatientId', 'Another test patient', { hint: 'Optional, for what two patients must not share.' })}
      ${field('representativeId', 'Test representative', { hint: 'Optional: someone who may act for a third patient.' })}
      ${field('representedId', 'That third patient', { hint: 'Neither of the two above.' })}
      ${field('from', 'Look for times from', { type: 'date', required: true })}
      ${field('to', 'Look for times until', { type: 'date', required: true })}
      <p>
        <label class="consent">
          <input type="checkbox" name="writes" />
          <span>
            This is a test server: book, change and cancel appointments of the test patients there, hand in forms for them
            and alert staff. What was handed in stays there.
          </span>
        </label>
        <small>Without it, only reading is checked.</small>
      </p>
      <button class="button">Check</button>
    </fieldset>
    ${step === 'running' ? html`<button type="button" class="button quiet stop" @click=${stop}>Stop</button>` : nothing}
  </form>
`;

interface FieldOptions {
  readonly type?: string;
  readonly required?: boolean;
  readonly hint?: string;
}

const field = (name: string, label: string, { type = 'text', required = false, hint }: FieldOptions) => html`
  <div class="field">
    <label for=${name}>${label}</label>
    <input
      id=${name}
      name=${name}
      type=${type}
      ?required=${required}
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      aria-describedby=${hint ? `${name}-hint` : nothing}
    />
    ${hint ? html`<small id="${name}-hint">${hint}</small>` : nothing}
  </div>
`;

/** Said once per operation, not once per promise: a hundred of them read out would drown everything else. */
function status({ step, checked }: CheckState): string {
  if (!checked) return '';
  const { results, planned } = checked;
  if (step === 'running') return `Checking ${results.at(-1)?.operation ?? 'the connection'} …`;
  const counts = countsOf(results).map(([outcome, count]) => `${count} ${OUTCOMES[outcome].toLowerCase()}`);
  return `${results.length} of ${planned} promises checked: ${counts.join(', ') || 'nothing found'}.`;
}

const results = ({ step }: CheckState, checked: Checked, { copy }: CheckActions) => html`
  <section class="results" aria-labelledby="results">
    <h2 id="results" tabindex="-1">What was found</h2>
    <p>
      <progress max=${checked.planned} value=${checked.results.length} aria-label="Promises checked"></progress>
      ${checked.results.length} of ${checked.planned}
    </p>
    <ul class="counts">
      ${countsOf(checked.results).map(
        ([outcome, count]) => html`<li data-outcome=${outcome}><strong>${count}</strong> ${OUTCOMES[outcome]}</li>`,
      )}
    </ul>
    ${table(checked.results)} ${step === 'ended' ? report(checked, copy) : nothing}
  </section>
`;

function table(results: readonly Result[]): TemplateResult {
  const operations = [...new Set(results.map(({ operation }) => operation))];
  return html`
    <table>
      <caption>
        Promises, by operation
      </caption>
      <thead>
        <tr>
          <th scope="col">Outcome</th>
          <th scope="col">Promise</th>
        </tr>
      </thead>
      ${operations.map(
        (operation) => html`
          <tbody>
            <tr>
              <th scope="rowgroup" colspan="2"><code>${operation}</code></th>
            </tr>
            ${results.filter((result) => result.operation === operation).map(row)}
          </tbody>
        `,
      )}
    </table>
  `;
}

const row = ({ outcome, promise, finding }: Result) => html`
  <tr data-outcome=${outcome}>
    <td>${OUTCOMES[outcome]}</td>
    <td>${promise} ${finding ? html`<small>${finding}</small>` : nothing}</td>
  </tr>
`;

const report = (checked: Checked, copy: (event: Event) => void) => html`
  <h2 id="report">Report</h2>
  <p>As text, to send to whoever can mend it. It holds no token; a finding may quote what your server said.</p>
  <textarea readonly rows="12" aria-labelledby="report" .value=${reportOf(checked)}></textarea>
  <p><button type="button" class="button quiet" @click=${copy}>Copy the report</button></p>
`;
