import { expect, fixture } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { complaints, hostileTo, wear } from '../../test/hostile-themes.ts';
import { controls } from './controls.ts';
import { protectedStyles } from './protected.ts';
import { tokens } from './tokens.ts';

/** An element with everything that protects a patient, some of it inside other parts. */
class ProtectedFixture extends LitElement {
  static override readonly styles = [tokens, controls, protectedStyles];

  protected override render() {
    return html`<div class="stack">
      <h2 part="heading">A question</h2>
      <div part="notice"><p part="source" class="protected">From your insurer</p></div>
      <div class="row">
        <button part="button primary">Accept</button>
        <button part="button decline" class="protected">Decline</button>
      </div>
      <div part="answers"><div part="group"><a part="button emergency" class="protected" href="tel:911">Call 911</a></div></div>
      <section part="help" class="protected"><h3 part="text">Talk to us</h3><button part="button">Get a person</button></section>
      <p part="text">The end</p>
    </div>`;
  }
}
customElements.define('protected-fixture', ProtectedFixture);

const HOSTILE = hostileTo('protected-fixture');

const shown = (element: Element): readonly HTMLElement[] => [
  ...element.shadowRoot!.querySelectorAll<HTMLElement>('.protected, .protected h3, .protected button'),
];

async function dressed(theme: string): Promise<{ element: Element; undress: () => void }> {
  const element = await fixture(html`<protected-fixture></protected-fixture>`);
  return { element, undress: await wear(theme) };
}

describe('protectedStyles', () => {
  for (const [what, theme] of [['does nothing', ''] as const, ...HOSTILE]) {
    it(`keeps what protects the patient when a theme ${what}`, async () => {
      const { element, undress } = await dressed(theme);
      const found = shown(element).flatMap(complaints);
      undress();
      expect(shown(element)).to.have.length(6);
      expect(found).to.deep.equal([]);
    });
  }

  for (const [what, theme] of HOSTILE) {
    it(`is needed when a theme ${what}`, async () => {
      const { element, undress } = await dressed(theme);
      const sheets = element.shadowRoot!.adoptedStyleSheets;
      element.shadowRoot!.adoptedStyleSheets = sheets.filter((sheet) => sheet !== protectedStyles.styleSheet);
      await new Promise((resolve) => setTimeout(resolve, 30));
      const found = shown(element).flatMap(complaints);
      undress();
      expect(found).not.to.deep.equal([]);
    });
  }

  it('lets a theme make it larger and give it another font', async () => {
    const { element, undress } = await dressed(
      'protected-fixture { --clinic-font: 2rem/1.5 monospace; --clinic-target-size: 6rem }',
    );
    const decline = element.shadowRoot!.querySelector('[part~=decline]')!;
    const { fontSize, fontFamily } = getComputedStyle(decline);
    const { height } = decline.getBoundingClientRect();
    undress();
    expect([fontSize, fontFamily]).to.deep.equal(['32px', 'monospace']);
    expect(height).to.be.at.least(96);
  });

  it('is as large as what stands beside it', async () => {
    const { element, undress } = await dressed('');
    const [accept, decline] = [...element.shadowRoot!.querySelectorAll('.row button')].map(
      (button) => button.getBoundingClientRect().height,
    );
    undress();
    expect(decline).to.be.at.least(accept!);
  });
});
