import type { FormItem, Value } from '@clinic-widgets/core/forms.js';

/** The answer that was typed in words; nothing where it is none. */
export function read({ type }: FormItem, typed: string): Value | undefined {
  const words = typed.trim();
  if (!words) return undefined;
  switch (type) {
    case 'url':
      return urlOf(words);
    case 'choice':
      return { coding: { display: typed } };
    case 'reference':
      return { reference: { display: words } };
    default:
      return { string: typed };
  }
}

function urlOf(words: string): Value | undefined {
  const url = /^[a-z][a-z\d+.-]*:/i.test(words) ? words : `https://${words}`;
  return /^https?:\/\/[^\s/]+\.[^\s]+$|^(?!https?:)[a-z][a-z\d+.-]*:\S+$/i.test(url) ? { uri: url } : undefined;
}
