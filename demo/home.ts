import { html, render } from 'lit';
import { dial, places } from './clinic-facts.ts';
import { openPortal, type Portal, talk, urgent } from './portal.ts';
import { linkTo } from './settings.ts';

const portal = await openPortal('index.html', (text) => text.home);
render(home(portal), document.querySelector('main')!);

function home({ text, patientName }: Portal) {
  return html`
    <div class="welcome">
      <h1>${text.welcome(patientName?.split(' ')[0])}</h1>
      <p class="lead">${text.lead}</p>
    </div>
    <div class="cards">
      <section class="card first">
        <h2>${text.book}</h2>
        <p>${text.bookLead}</p>
        <a class="button" href=${linkTo('book.html')}>${text.book}</a>
      </section>
      ${talk(text)}
    </div>
    ${urgent(text)}
    <section class="places">
      <h2>${text.places}</h2>
      <ul>
        ${places.map(
          ({ name, address, phone }) => html`
            <li>
              <h3>${name}</h3>
              <address>
                ${address.map((line) => html`<bdi>${line}</bdi><br />`)}
                <a href=${dial(phone)} dir="ltr">${phone}</a>
              </address>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}
