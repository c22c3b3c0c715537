import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { screen } from '../../test/screen.ts';
import { type Clock, IdleController } from './idle-controller.ts';
import { IdleWarning, type IdleWarningOptions } from './idle-warning.ts';

/** A clock that stands still until it is turned. */
function fakeClock() {
  let now = 0;
  let wake = () => {};
  const clock: Clock = {
    now: () => now,
    elapsed: () => now,
    setTimeout: (run) => (wake = run),
    clearTimeout: () => (wake = () => {}),
  };
  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      now += 1000;
      wake();
    }
  };
  return { clock, pass };
}

let stop = () => {};

async function setUp(options: IdleWarningOptions = {}) {
  const { clock, pass } = fakeClock();
  const log: string[] = [];
  const page = document.createElement('div');
  page.innerHTML = '<button>Send my answers</button>';
  document.body.append(page);
  const button = page.querySelector('button')!;
  button.addEventListener('click', () => log.push('sent'));
  button.focus();
  const controller = new IdleController(window, {
    clock,
    view: new IdleWarning(options),
    onAnswer: () => log.push('answered'),
    onWipe: (reason) => log.push(reason),
  });
  stop = () => {
    controller.stop();
    page.remove();
  };
  controller.start();
  return { pass, log, button };
}

const dialog = () => screen.queryByShadowRole('alertdialog');
const answer = (name: string) => screen.findByShadowRole('button', { name });
const focused = () => document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;

describe('IdleWarning', () => {
  afterEach(() => stop());

  it('covers the page, has the focus on the first answer, and is accessible', async () => {
    const { pass } = await setUp();
    pass(60);
    expect(focused() === (await answer('I am still here'))).to.equal(true);
    const { width, height } = dialog()!.getBoundingClientRect();
    expect([width, height]).to.deep.equal([innerWidth, innerHeight]);
    await expect(dialog()!).to.be.accessible();
  });

  it('goes away at any key, gives the focus back, and presses nothing with that key', async () => {
    const { pass, log, button } = await setUp();
    for (const press of ['a', 'Escape', 'Enter', 'Space']) {
      pass(60);
      expect(dialog()).not.to.equal(null);
      await sendKeys({ press });
      expect(dialog()).to.equal(null);
      expect(focused() === button).to.equal(true);
    }
    expect(log).to.deep.equal(Array.from({ length: 4 }, () => 'answered'));
  });

  it('goes away at a touch anywhere, ten times and more', async () => {
    const { pass, log } = await setUp();
    for (let count = 1; count <= 12; count += 1) {
      pass(60 + 29);
      dialog()!.click();
      expect(dialog()).to.equal(null);
      expect(log).to.deep.equal(Array.from({ length: count }, () => 'answered'));
    }
  });

  it('lets the other answers be reached by Tab', async () => {
    const { pass, log } = await setUp();
    pass(60);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    expect(focused() === (await answer('I am finished'))).to.equal(true);
    await sendKeys({ press: 'Enter' });
    expect(log).to.deep.equal(['finished']);
    expect(dialog()).to.equal(null);
  });

  it('gives more time at a press of its button', async () => {
    const { pass, log } = await setUp();
    pass(60);
    (await answer('I need more time')).click();
    pass(599);
    expect(dialog()).to.equal(null);
    expect(log).to.deep.equal(['answered']);
  });

  it('says the end once and near it, and changes nothing else from second to second', async () => {
    const { pass } = await setUp();
    pass(60);
    const before = dialog()!.innerText;
    let changes = 0;
    const observer = new MutationObserver(() => (changes += 1));
    observer.observe(dialog()!, { childList: true, characterData: true, subtree: true, attributes: true });
    pass(19);
    await Promise.resolve();
    expect(changes).to.equal(0);
    pass(1);
    await Promise.resolve();
    expect(changes).to.equal(1);
    expect(screen.getByShadowRole('alert')).to.have.text('This screen is cleared in 10 seconds.');
    pass(9);
    await Promise.resolve();
    expect(changes).to.equal(1);
    expect(dialog()!.innerText).to.contain(before.trim().split('\n')[0]!);
    observer.disconnect();
  });

  it('speaks the language of the patient', async () => {
    const { pass } = await setUp({ language: () => 'es-MX' });
    // Its words are fetched while there is time.
    await import('./idle-messages.es.ts');
    await new Promise((resolve) => setTimeout(resolve, 50));
    pass(60);
    await answer('Sigo aquí');
    expect(dialog()).to.have.attribute('lang', 'es');
  });

  it('speaks the language that the patient has chosen after they began', async () => {
    let language = 'en';
    const { pass } = await setUp({ language: () => language });
    pass(30);
    language = 'es';
    pass(1);
    await import('./idle-messages.es.ts');
    await new Promise((resolve) => setTimeout(resolve, 50));
    pass(29);
    expect(dialog()).to.have.attribute('lang', 'es');
    await answer('Sigo aquí');
  });

  it('turns to the language of the patient when its words come late', async () => {
    const { pass } = await setUp({ language: () => 'es' });
    pass(60);
    expect(dialog()).to.have.attribute('lang', 'en');
    await answer('Sigo aquí');
    expect(dialog()).to.have.attribute('lang', 'es');
  });

  it('has answers that a finger finds', async () => {
    const { pass } = await setUp();
    pass(60);
    for (const button of screen.getAllByShadowRole('button')) {
      if (button.getRootNode() === document) continue;
      expect(button.getBoundingClientRect().height).to.be.at.least(48);
    }
  });
});
