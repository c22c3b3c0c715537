import { html, nothing, render } from 'lit';
import { adapterOf } from './adapter.ts';
import { openPortal, talk, urgent } from './portal.ts';
import { linkTo } from './settings.ts';

const { settings, config, text } = await openPortal('book.html', ({ bookTitle }) => bookTitle);

document.querySelector('h1')!.textContent = text.bookTitle;
document.querySelector('.lead')!.textContent = text.bookIntro;
render(html`${talk(text)} ${urgent(text)}`, document.querySelector('aside')!);
const note = document.querySelector<HTMLElement>('.note')!;

// The portal keeps its own record of what the widget has done: the event names the appointment and says nothing of it.
document.querySelector('main')!.addEventListener('clinic-appointment-booked', ({ appointmentId }) => {
  showNote(appointmentId);
});

const provider = document.querySelector('clinic-provider')!;
const picker = document.querySelector('clinic-appointment-picker')!;
picker.patientId = settings.patientId;
try {
  provider.adapter = await adapterOf(settings.adapter, config);
  await import('@clinic-widgets/elements/define.js');
} catch {
  provider.textContent = text.unconnected;
}

function showNote(appointmentId: string): void {
  const close = () => render(nothing, note);
  render(
    html`
      <p>${text.noted} <code class="reference">${appointmentId}</code></p>
      <p class="ways">
        <a href=${linkTo('index.html')}>${text.toHome}</a>
        <button type="button" class="quiet" @click=${close}>${text.close}</button>
      </p>
    `,
    note,
  );
}
