import { html, nothing, type TemplateResult } from 'lit';
import type { Alert, Filling } from './filling.ts';
import type { FormContext } from './view-context.ts';

/** What has become of telling staff; and where an answer was about wanting to die, someone to talk to. */
export function alertView(alerts: readonly Alert[], { form }: Filling, context: FormContext): TemplateResult {
  const isCrisis = alerts.length > 0 && form.purpose === 'screening';
  // It is there before there is anything to say, since what comes with its region is not always read out.
  return html`<div class="stack wide" role="status" aria-atomic="false" tabindex="-1">${
    alerts.length > 0 ? notice(alerts, context) : nothing
  }${isCrisis ? crisis(context) : nothing}</div>`;
}

function notice(alerts: readonly Alert[], { send, text, phone }: FormContext): TemplateResult {
  const is = (wanted: Alert['state']) => alerts.some(({ state }) => state === wanted);
  if (!is('failed')) return html`<p part="notice" class="wide">${is('sending') ? text.alerting : text.alerted}</p>`;
  const retry = (event: Event) => {
    // The button goes away.
    (event.currentTarget as Element).closest<HTMLElement>('[role=status]')?.focus();
    send({ type: 'retried-alerts' });
  };
  return html`
    <div part="alert" class="stack wide" role="alert">
      <p><strong>${text.notReached}</strong> ${text.tellSomeone}</p>
      <p>${text.callUs(phone)}</p>
      <button part="button primary" type="button" @click=${retry}>${text.retry}</button>
    </div>`;
}

const crisis = ({ text, phone }: FormContext): TemplateResult => html`
  <section part="help" class="help stack wide" aria-label=${text.crisis}>
    <h3>${text.crisis}</h3>
    <p>${text.crisisNote}</p>
    <p><a part="button" href="tel:988">${text.callCrisis}</a></p>
    <p>${text.askPerson(phone)}</p>
  </section>`;
