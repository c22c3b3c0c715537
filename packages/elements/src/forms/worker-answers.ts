import type { Form } from '@clinic-widgets/core/forms.js';
import { evaluate } from './expressions.ts';
import type { LanguageOf } from './language.ts';
import { type Asked, restored, type Said } from './worker-port.ts';

/** Answers what the page asks this worker. */
export function answerIn(languageOf: LanguageOf): void {
  let form: Form | undefined;
  const say = (said: Said) => globalThis.postMessage(said);

  globalThis.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
    form = data.form ?? form!;
    const { of, first, stopped, endless } = data;
    const question = { form, nodes: restored(data.nodes, form.items), of, first, stopped };
    const evaluation = evaluate(question, languageOf, (linkId, expression) => {
      if (endless.includes(expression)) return false;
      say({ linkId, expression });
      return true;
    });
    say({ evaluation });
  });
}
