import type { PartModule } from './part.ts';
import type { AnyPart } from './state.ts';

type Name = AnyPart['name'];

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Each part knows its own state and actions.
type AnyModule = PartModule<any, any>;

const forms = (name: 'screening' | 'forms') => async (): Promise<AnyModule> => {
  const { load } = await import('./forms-part.ts');
  return { load: (language) => load(language, name) };
};

const MODULES: Readonly<Record<Name, () => Promise<AnyModule>>> = {
  screening: forms('screening'),
  forms: forms('forms'),
  details: () => import('./details/details-part.ts'),
  insurance: () => import('./insurance/insurance-part.ts'),
  consents: () => import('./consents/consents-part.ts'),
  payment: () => import('./payment/payment-part.ts'),
  program: () => import('./program/program-part.ts'),
  leaving: () => import('./leaving/leaving-part.ts'),
};

const parts = new Map<string, Promise<AnyPart>>();

/** Fetches a part with its words, once; again where that did not work. A part holds nothing of a patient. */
export function loadPart(name: Name, language: string): Promise<AnyPart> {
  const key = `${name} ${language}`;
  const loading = parts.get(key) ?? MODULES[name]().then(({ load }) => load(language));
  parts.set(key, loading);
  loading.catch(() => parts.delete(key));
  return loading;
}
