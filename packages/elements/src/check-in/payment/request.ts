import { newKey } from '@clinic-widgets/core/key.js';
import { wait } from '../../ui/flow.ts';
import { type Due, type PaymentOutcome, PaymentRequestedEvent } from './events.ts';

/** In milliseconds: how long the page has to say that it takes a payment on. */
const TO_BE_TAKEN_ON = 1000;

/** A payment that the page was asked for. */
export interface PaymentRequest {
  /** Tells one from the next. */
  readonly id: string;
  /** What the page is told. */
  readonly event: PaymentRequestedEvent;
  /** What comes of it; `unheard` where nobody has taken it on. */
  outcome(signal: AbortSignal): Promise<PaymentOutcome | 'unheard'>;
  /** Asks the terminal to stop. What was paid already can still be settled. */
  stop(): void;
}

/** Asks for a payment. It is over when its outcome is there, or is no longer waited for. */
export function paymentRequest(due: Due): PaymentRequest {
  const stopping = new AbortController();
  const { promise, resolve } = deferred<PaymentOutcome>();
  let isOpen = true;
  const event = new PaymentRequestedEvent(due, stopping.signal, (outcome) => {
    const wasOpen = isOpen;
    isOpen = false;
    resolve(outcome);
    return wasOpen;
  });
  const close = () => {
    isOpen = false;
    stopping.abort();
  };
  return {
    id: newKey(),
    event,
    stop: () => stopping.abort(),
    async outcome(signal) {
      signal.addEventListener('abort', close, { once: true });
      const unheard = async (): Promise<PaymentOutcome | 'unheard'> => {
        await wait(TO_BE_TAKEN_ON, signal);
        return event.defaultPrevented ? promise : 'unheard';
      };
      const outcome = await Promise.race([promise, unheard()]);
      if (outcome === 'unheard') close();
      return outcome;
    },
  };
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
