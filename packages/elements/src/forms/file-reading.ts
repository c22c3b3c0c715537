import type { Value } from '@clinic-widgets/core/forms.js';

/** A file as an answer; nothing where it cannot be read. */
export const attachmentOf = (file: File): Promise<Value | undefined> =>
  base64Of(file).then(
    (data) => ({ attachment: { contentType: file.type || 'application/octet-stream', data, title: file.name } }),
    () => undefined,
  );

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // A data URL: what comes after the comma is Base64.
    reader.onload = () => resolve((reader.result as string).split(',')[1] ?? '');
    reader.onerror = () => reject(new Error('The file cannot be read.', { cause: reader.error }));
    reader.readAsDataURL(file);
  });
}
