import { html, nothing, type TemplateResult } from 'lit';
import type { In } from './state.ts';
import type { ViewContext } from './views.ts';

/**
 * What becomes of an insurance that is not right: the desk sees to it. This is the one place where a patient who says
 * so goes; views to put it right themselves open here.
 */
export const changedView = ({ answer, queued }: In<'told'>, { text, send }: ViewContext): TemplateResult => html`
  ${queued ? html`<p part="notice" class="wide">${text.queued}</p>` : nothing}
  ${answer === 'confirmed' ? nothing : html`<p part="notice" class="wide">${answer === 'none' ? text.toldNone : text.toldChanged}</p>`}
  <button type="button" part="button primary" @click=${() => send({ type: 'went-on' })}>${text.goOn}</button>`;
