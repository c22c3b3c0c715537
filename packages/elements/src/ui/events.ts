import type { ErrorCode } from '@clinic-widgets/core/errors.js';

/** The widget shows another step. It does not bubble: it is a fact about the widget. */
export class StepEvent extends Event {
  readonly step: string;

  constructor(step: string) {
    super('clinic-step');
    this.step = step;
  }
}

/** Something failed and the person has been told. It does not bubble; on `unauthenticated` the page signs in again. */
export class FailureEvent extends Event {
  readonly code: ErrorCode;

  constructor(code: ErrorCode) {
    super('clinic-error');
    this.code = code;
  }
}
