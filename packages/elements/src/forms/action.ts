import type { Clinic, Form, ResponseItem, WaitingForm } from '@clinic-widgets/core';
import type { Filling, FillingAction } from './filling.ts';
import type { Host } from './state.ts';
import type { Nodes } from './tree.ts';

/** What a patient does, a clinic answers or a page says. */
export type Action =
  | FillingAction
  | { readonly type: 'host-changed'; readonly host: Host }
  | { readonly type: 'started'; readonly clinic: Clinic }
  | { readonly type: 'found-forms'; readonly forms: readonly WaitingForm[] }
  | { readonly type: 'chose-form'; readonly form: WaitingForm }
  | { readonly type: 'opened'; readonly form: Form; readonly key: string; readonly nodes?: Nodes }
  | { readonly type: 'started-again' }
  | { readonly type: 'confirmed'; readonly authored: string }
  | { readonly type: 'sent'; readonly key: string; readonly responseId: string; readonly queued: boolean }
  | { readonly type: 'form-changed'; readonly key: string; readonly answers: readonly ResponseItem[] }
  | { readonly type: 'refused'; readonly key: string; readonly troubles: Filling['troubles'] }
  | { readonly type: 'recorded' }
  | { readonly type: 'saved' }
  | { readonly type: 'went-back' }
  | { readonly type: 'retried' }
  | { readonly type: 'listed' };
