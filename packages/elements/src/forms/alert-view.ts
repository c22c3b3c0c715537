import { html, nothing, type TemplateResult } from 'lit';
import { withNumber } from '../ui/phone-number.ts';
import type { Alert, Filling } from './filling.ts';
import type { FormContext } from './view-context.ts';

/** What has become of telling staff; and where an answer was about wanting to die, someone to talk to. */
export function alertView(alerts: readonly Alert[], filling: Filling, context: FormContext): TemplateResult {
  const isCrisis = alerts.length > 0 && filling.form.purpose === 'screening';
  // It is there before there is anything to say, since what comes with its region is not always read out.
  return html`<div class="stack wide" role="status" aria-atomic="false" tabindex="-1">${
    alerts.length > 0 ? notice(alerts, filling, context) : nothing
  }${isCrisis ? crisis(filling, context) : nothing}</div>`;
}

function notice(alerts: readonly Alert[], filling: Filling, { send, text, phone }: FormContext): TemplateResult {
  const is = (wanted: Alert['state']) => alerts.some(({ state }) => state === wanted);
  if (!is('failed')) return html`<p part="notice" class="wide">${is('sending') ? text.alerting : text.alerted}</p>`;
  const retry = (event: Event) => {
    // The button goes away.
    (event.currentTarget as Element).closest<HTMLElement>('[role=status]')?.focus();
    send({ type: 'retried-alerts' });
  };
  return html`
    <div part="alert" class="stack wide protected" role="alert">
      <p><strong>${text.notReached}</strong> ${text.tellSomeone}</p>
      <p>${withNumber(text.callUs(phone), phone, filling)}</p>
      <button part="button primary" type="button" @click=${retry}>${text.retry}</button>
    </div>`;
}

const crisis = (filling: Filling, { text, phone }: FormContext): TemplateResult => html`
  <section part="help" class="stack wide protected" aria-label=${text.crisis}>
    <h3>${text.crisis}</h3>
    <p>${text.crisisNote}</p>
    ${filling.onSite ? nothing : html`<p><a part="button" href="tel:988">${text.callCrisis}</a></p>`}
    <p>${withNumber(text.askPerson(phone), phone, filling)}</p>
  </section>`;
