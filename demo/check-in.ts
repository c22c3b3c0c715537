import type { ClinicAdapter } from '@clinic-widgets/core';
import '@clinic-widgets/elements/check-in/define.js';
import { html, render } from 'lit';
import { adapterOf } from './adapter.ts';
import { readPortal, showFrame, talk, urgent } from './frame.ts';
import { sharedClinic } from './shared-clinic.ts';
import { applyTheme } from './theme.ts';

applyTheme();
const query = new URLSearchParams(location.search);
/** The link of a reminder ends in `#reminder=…`: what comes after the # is sent to nobody and stands in no log. */
const reminder = new URLSearchParams(location.hash.slice(1)).get('reminder') ?? '';
if (reminder) history.replaceState(null, '', location.pathname + location.search);
// Only what comes after the # changes where the page is open already.
addEventListener('hashchange', () => location.reload());
const portal = await readPortal();
const { settings, config, text } = portal;
// Who it is, is asked here: the visit may be somebody else's.
showFrame('check-in.html', { ...portal, people: [] }, text.checkInTitle);
const clinic = await clinicOf().catch(() => undefined);

render(
  html`
    <h1>${text.checkInTitle}</h1>
    <p class="lead">${text.checkInIntro}</p>
    <div class="columns">
      <div class="panel">${
        clinic
          ? html`<clinic-check-in
              lang=${settings.language}
              dir=${settings.direction}
              reminder=${reminder}
              .adapter=${clinic}
              .station=${{ kind: 'phone' }}
            ></clinic-check-in>`
          : html`<p>${text.checkInUnconnected}</p>`
      }</div>
      <aside>${talk(text)} ${urgent(text)}</aside>
    </div>
  `,
  document.querySelector('main')!,
);

/** A clinic that is shared with a kiosk and a desk: where the address names one, and on FHIR, where a page may not identify. */
async function clinicOf(): Promise<ClinicAdapter> {
  const isShared = query.has('clinic') || settings.adapter === 'fhir';
  return isShared ? sharedClinic(query) : adapterOf(settings.adapter, config);
}
