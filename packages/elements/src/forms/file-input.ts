import { html, nothing, type TemplateResult } from 'lit';
import type { Field } from './line-input.ts';
import type { Row } from './tree.ts';
import type { FormContext } from './view-context.ts';

/** A button for a file or a photo: what the browser shows of its own is small and in its own language. */
export function fileInput(
  { node, described, filling }: Field,
  row: Row,
  id: string,
  context: FormContext,
): TemplateResult {
  const { item, key } = node;
  const { send, text } = context;
  const choose = (event: Event) => ((event.currentTarget as Element).nextElementSibling as HTMLElement).click();
  const pick = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    // The same file can then be chosen again after it was taken out.
    input.value = '';
    if (file) send({ type: 'picked', key, row: row.key, file });
  };
  const remove = (event: Event) => {
    ((event.currentTarget as Element).getRootNode() as ShadowRoot).getElementById(id)?.focus();
    send({ type: 'answered', key, row: row.key, value: undefined });
  };
  const title = row.value && 'attachment' in row.value ? (row.value.attachment.title ?? text.file) : '';
  const status = filling.files[`${key} ${row.key}`] ? text.readingFile : title && text.chosen(title);
  return html`
    <p role="status">${status}</p>
    <div class="row">
      <button part="button" type="button" id=${id} aria-describedby=${described || nothing} @click=${choose}>${text.chooseFile}</button>
      <input type="file" hidden accept=${item.mediaTypes?.join(',') || nothing} @change=${pick} />
      ${title ? html`<button part="button" class="plain" type="button" @click=${remove}>${text.remove(title)}</button>` : nothing}
    </div>`;
}
