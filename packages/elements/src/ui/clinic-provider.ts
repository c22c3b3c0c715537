import type { ClinicAdapter } from '@clinic-widgets/core';
import { ContextProvider } from '@lit/context';
import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { clinicContext } from './clinic-context.ts';

/**
 * Gives every widget inside it the same adapter.
 *
 * @tag clinic-provider
 * @slot - The widgets, at any depth.
 */
export class ClinicProvider extends LitElement {
  static override readonly styles = css`
    :host {
      display: contents;
    }
  `;

  /** The clinic that the widgets inside talk to. */
  @property({ attribute: false }) adapter: ClinicAdapter | undefined;

  readonly #provider = new ContextProvider(this, { context: clinicContext });

  protected override willUpdate(): void {
    this.#provider.setValue(this.adapter);
  }

  protected override render() {
    return html`<slot></slot>`;
  }
}
