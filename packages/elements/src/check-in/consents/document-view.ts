import type { ConsentDocument } from '@clinic-widgets/core';
import { elementsBeside, missingElements } from '@clinic-widgets/core/authorization.js';
import { newKey } from '@clinic-widgets/core/key.js';
import { html, nothing, type TemplateResult } from 'lit';
import { languageName } from '../../ui/format.ts';
import { obstacleTo } from './deciding.ts';
import type { Queue } from './state.ts';
import type { DecidingContext } from './view-context.ts';

/** A document in full, with both ways to decide side by side. */
export function documentView(queue: Queue, busy: boolean, context: DecidingContext): TemplateResult {
  const { text } = context;
  const document = queue.documents[0]!;
  return html`
    ${queue.changed === document.id ? html`<p part="notice" class="wide">${text.changed}</p>` : nothing}
    ${foreign(document, queue, context)}
    ${words(document, context)}
    ${ways(document, queue.language, busy, context)}`;
}

const primary = (tag: string): string => tag.split('-')[0]!.toLowerCase();
const isForeign = ({ language }: ConsentDocument, wanted: string): boolean => primary(language) !== primary(wanted);

/** A document is never put in another language without a word, and a person is offered. */
function foreign(document: ConsentDocument, { language: wanted }: Queue, context: DecidingContext) {
  const { locale, text, ask } = context;
  if (!isForeign(document, wanted)) return nothing;
  return html`
    <div part="notice" class="stack wide">
      <p>${text.foreign(languageName(document.language, locale), languageName(wanted, locale))}</p>
      <p>${text.foreignNote}</p>
      ${ask ? html`<button type="button" part="button" @click=${() => ask('signature')}>${text.interpreter}</button>` : nothing}
    </div>`;
}

function words(document: ConsentDocument, { text, session }: DecidingContext) {
  const { title, language, sample, text: all } = document;
  const paragraphs = all.split(/\n\s*\n/).filter((paragraph) => paragraph.trim());
  return html`
    <article class="document wide">
      <h3 lang=${language} dir="auto">${title}</h3>
      <p part="source" class="protected"><bdi>${text.source(session.clinic.name)}</bdi></p>
      ${sample ? html`<p part="notice">${text.sample}</p>` : nothing}
      ${paragraphs.map((paragraph) => html`<p class="prose" lang=${language} dir="auto">${paragraph.trim()}</p>`)}
      ${beside(document, text)}
    </article>`;
}

/** What is signed with the text and is not in it. */
function beside(document: ConsentDocument, text: DecidingContext['text']): TemplateResult | typeof nothing {
  const { language, authorization } = document;
  const names = elementsBeside(document);
  if (names.length === 0) return nothing;
  return html`
    <h4>${text.beside}</h4>
    <dl>
      ${names.map((name) => html`<dt>${text.saying[name]}</dt><dd lang=${language} dir="auto">${authorization?.[name]}</dd>`)}
    </dl>`;
}

function ways(document: ConsentDocument, wanted: string, busy: boolean, context: DecidingContext): TemplateResult {
  const { text, send, now, session } = context;
  const obstacle = obstacleTo(document, session);
  const leave = () => send({ type: 'left-to-desk' });
  if (obstacle) {
    return html`
      ${obstacle === 'elements' ? lacking(document, context) : html`<p part="notice" class="wide">${text.noAuthority}</p>`}
      <button type="button" part="button primary" @click=${leave}>${text.goOn}</button>`;
  }
  const decline = () => {
    if (!busy) send({ type: 'declined', key: newKey(), at: now() });
  };
  const agree = () => {
    if (!busy) send({ type: 'agreed' });
  };
  return html`
    <p class="wide">${choiceOf(document, context)}</p>
    <div class="decision wide">
      <button type="button" part="button decline" class="protected" aria-disabled=${busy ? 'true' : 'false'} @click=${decline}>
        ${text.decline[document.kind]}
      </button>
      <button type="button" part="button accept" class="protected" aria-disabled=${busy ? 'true' : 'false'} @click=${agree}>
        ${text.agree[document.kind]}
      </button>
    </div>
    ${
      isForeign(document, wanted) && !busy
        ? html`<button type="button" part="button" @click=${leave}>${text.leave}</button>`
        : nothing
    }`;
}

/** What a refusal means: nothing that the document itself does not bring about. */
function choiceOf({ kind, mandatory }: ConsentDocument, { text }: DecidingContext): string {
  if (mandatory) return text.mandatory;
  return kind === 'privacy-notice' ? text.notice : text.optional;
}

const lacking = (document: ConsentDocument, { text }: DecidingContext): TemplateResult => html`
  <div part="notice" class="stack wide">
    <p>${text.incomplete}</p>
    <p>${text.lacks}</p>
    <ul class="bullets">${missingElements(document).map((name) => html`<li>${text.elements[name]}</li>`)}</ul>
  </div>`;
