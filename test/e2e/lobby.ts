import type {
  Appointment,
  Arrival,
  Attention,
  ClinicAdapter,
  Confirmation,
  Details,
  Proposal,
  RecordedConsent,
  Visit,
} from '@clinic-widgets/core';
import { dayOf } from '@clinic-widgets/core/time.js';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Demo } from './demo.ts';

interface Found<T> {
  readonly items: readonly T[];
}

/** What the clinic that the kiosk and the desk share says itself: what a page shows is not enough. */
export function lobbyOf({ url }: Demo) {
  async function ask<T>(operation: keyof ClinicAdapter, input: object): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/shared/harbor/${operation}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    });
    expect(response.ok, operation).toBe(true);
    return (await response.json()) as T;
  }
  const all = async <T>(operation: keyof ClinicAdapter, input: object) => (await ask<Found<T>>(operation, input)).items;
  const acting = (patientId: string) => ({ acting: { patientId } });
  const day = dayOf(new Date().toISOString(), 'America/New_York');
  return {
    arrivals: () => all<Arrival>('findArrivals', { day, limit: 100 }),
    attention: () => all<Attention>('findAttention', { limit: 100 }),
    proposals: () => all<Proposal>('findProposals', {}),
    details: (patientId: string) => ask<Details>('getDetails', acting(patientId)),
    consents: (patientId: string) => all<RecordedConsent>('findRecordedConsents', acting(patientId)),
    confirmations: (patientId: string) => all<Confirmation>('findConfirmations', { patientId, limit: 100 }),
    appointment: (patientId: string, appointmentId: string) =>
      ask<Appointment>('getAppointment', { patientId, appointmentId }),
    visit: async (patientId: string, appointmentId: string) => {
      const visits = await all<Visit>('findVisits', { ...acting(patientId), station: { kind: 'desk' } });
      return visits.find(({ appointment }) => appointment.id === appointmentId)!;
    },
  };
}

/** The page of the front desk. */
export interface Desk {
  readonly page: Page;
  section(name: string | RegExp): Locator;
  /** What one of a section is about, by words in it. */
  card(section: string | RegExp, words: string | RegExp): Locator;
  /** How often the bell has rung. */
  rings(): Promise<number>;
}

/** Opens the desk beside the other pages. */
export async function openDesk(beside: Page, { fakeClock = false } = {}): Promise<Desk> {
  const page = await beside.context().newPage();
  if (fakeClock) await page.clock.install();
  await page.addInitScript(() => {
    const counted = window as unknown as { tones: number };
    counted.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (this: OscillatorNode, ...when: [number?]) {
      counted.tones += 1;
      start.apply(this, when);
    };
  });
  await page.goto('/desk.html');
  await expect(page.getByRole('heading', { name: 'Front desk' })).toBeVisible();
  const section = (name: string | RegExp) => page.getByRole('region', { name });
  return {
    page,
    section,
    card: (name, words) => section(name).locator('.card').filter({ hasText: words }),
    rings: () => page.evaluate(() => (window as unknown as { tones: number }).tones / 2),
  };
}
