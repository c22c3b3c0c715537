import { html, nothing, type TemplateResult } from 'lit';
import { withNumber } from '../ui/phone-number.ts';
import { alertView } from './alert-view.ts';
import { type Filling, outcomeText } from './filling.ts';
import type { FormContext } from './view-context.ts';
import { languageOf } from './words.ts';

/** What to do now. No answer and no button takes it back. */
export function emergencyView(filling: Filling, context: FormContext): TemplateResult {
  const { text, phone } = context;
  return html`
    <div part="alert emergency" class="stack wide protected">
      ${
        filling.onSite
          ? html`<p class="urgent">${text.tellStaff}</p>`
          : html`
        <p><a part="button primary" class="urgent" href="tel:911">${text.callEmergency}</a></p>
        <p>${text.ifAtClinic}</p>`
      }
      ${outcomeText(filling, 'emergency').map((words) => html`<p class="prose" dir="auto" lang=${languageOf(filling, context)}>${words}</p>`)}
    </div>
    ${filling.alerts.length > 0 ? alertView(filling.alerts, filling, context) : nothing}
    <p>${withNumber(text.askPerson(phone), phone, filling)}</p>`;
}
