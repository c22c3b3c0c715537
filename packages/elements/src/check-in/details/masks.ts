import type { Address } from '@clinic-widgets/core';

/** As long for everyone: the length of a name or a street tells something too. */
const DOTS = '••••';

/** What of a private detail may be seen over somebody's shoulder: enough to know it again, too little to use. */
export interface Mask {
  readonly dots: string;
  /** What can be read of it, for those who are told it; empty where nothing can. */
  readonly open: string;
}

/** `•••• 0142`: the end of a number. */
export function maskedPhone(phone: string): Mask {
  const digits = phone.replace(/\D/g, '');
  // Of a short number, the end would be most of it.
  if (digits.length < 7) return { dots: DOTS, open: '' };
  const open = digits.slice(-4);
  return { dots: `${DOTS} ${open}`, open };
}

/** `r•••@example.org`: who it is from, for those who know it. */
export function maskedEmail(email: string): Mask {
  const at = email.lastIndexOf('@');
  if (at < 1) return { dots: DOTS, open: '' };
  const [first] = email;
  return { dots: `${first}•••${email.slice(at)}`, open: `${first}…${email.slice(at)}` };
}

/** `218 ••••`: the number of the house, and nothing of the street or the town. */
export function maskedAddress({ lines: [line = ''] }: Address): Mask {
  const open = /(?<![\p{L}\d])\d{1,5}[A-Za-z]?(?![\p{L}\d])/u.exec(line)?.[0] ?? '';
  return { dots: open ? `${open} ${DOTS}` : DOTS, open };
}

/** `G•••`: the first letter of a name. */
export function maskedName(name: string): Mask {
  const [first] = new Intl.Segmenter().segment(name.trim());
  const open = first?.segment ?? '';
  return { dots: `${open}•••`, open };
}
