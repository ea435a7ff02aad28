import { beforeAll, describe, expect, test } from '@jest/globals';
import { aBlock, anExpert } from '../builders/rows.ts';
import { asCustomer, loginTokenOf } from '../journeys/as-customer.ts';
import { PHONE, type Visit, type VisitWish } from './a-visit.ts';
import { byKeyboard } from './by-keyboard.ts';
import { aWindow, site, town, usePages } from './use-pages.ts';

/** It is Sunday, January 31, 2027, ten in the morning in Vienna. */
describe('calls', () => {
  let ines: string;
  let jo: string;
  let ada: string;
  let bo: string;
  let slug: string;

  usePages({ as: null, timeZone: 'Europe/Vienna' });
  beforeAll(async () => {
    const em = town.deps.orm.em.fork();
    const { accountId } = site;
    ines = await anExpert(em, accountId);
    jo = await anExpert(em, accountId, {
      name: 'Jo Park',
      timeZone: 'America/Los_Angeles',
      email: 'jo@example.com',
    });
    await aBlock(em, { accountId, expertId: jo, seats: 1 });
    const credits = { perYear: 6, issue: { everyMonths: 2 }, validMonths: 12, callMinutes: 45 };
    const offer = await site.offer({ name: 'Studio membership', credits, officeHours: true });
    [ada, bo] = [await site.buy(offer), await site.buy(offer)];
    ({ slug } = await site.must<{ slug: string }>(site.owner.get('/v1/settings')));
  });

  async function asAda(wish: VisitWish = {}): Promise<Visit> {
    const customer = await aWindow(wish);
    await customer.page.goto(`/s/${slug}/login?token=${await loginTokenOf(site, ada)}`);
    await customer.page.getByRole('button', { name: 'Log in' }).click();
    await customer.page.waitForURL('**/library*');
    return customer;
  }

  const at = (path: string): string => `/s/${slug}${path}`;
  type Booked = { id: string; startsAt: string; state: string };
  const callsOf = async (purchaseId: string) =>
    (await site.must<{ data: Booked[] }>(site.owner.get(`/v1/calls?purchaseId=${purchaseId}`))).data;
  const callOf = async (purchaseId: string) => (await callsOf(purchaseId)).find(({ state }) => state === 'booked')?.id;

  test('a call is booked on a phone without a script, in the zone of the booker', async () => {
    const { page } = await asAda({ viewport: PHONE, javaScriptEnabled: false });
    const first = () => page.locator('.slots label').first().textContent();
    await page.getByRole('link', { name: 'Calls', exact: true }).click();
    expect(await page.locator('.facts').textContent()).toContain('1 call of 45 minutes');
    expect(await page.locator('.credits li:not(.axis)').allTextContents()).toEqual([
      'Marchto come Mar 31Not issued yetuntil Mar 31, 2028',
      'Januaryof Jan 31Freeuntil Jan 31, 2028',
    ]);

    await page.getByRole('link', { name: 'Jo Park' }).click();
    expect(await page.getByRole('main').getByRole('group').first().textContent()).toContain(
      'Monday, February 1, your time (Vienna)',
    );
    expect(await first()).toBe('18:00');
    await page.getByText('Your time: Vienna. Change').click();
    await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
    await page.getByRole('button', { name: 'Use this time zone' }).click();
    expect(await page.getByRole('main').getByRole('group').first().textContent()).toContain(
      'Tuesday, February 2, your time (Tokyo)',
    );
    expect(await first()).toBe('02:00');

    await page.locator('.slots label').first().click();
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await page.getByRole('main').getByRole('listitem').allTextContents()).toEqual([
      'Tuesday, February 2, 02:00 to 02:45, your time (Tokyo)',
      'With Jo Park, Monday, February 1, 09:00 in Los Angeles',
      'The credit of Jan 31 is used for the call; it is good until Jan 31, 2028.',
      'It can be moved or canceled until Feb 1, 02:00; later its credit is spent.',
    ]);
    await page.getByRole('button', { name: 'Book the call' }).click();

    expect(await page.getByRole('status').first().textContent()).toBe('Your call is booked. You find it below.');
    expect(await page.locator('article').first().textContent()).toContain('Tuesday, February 2, 02:00 to 02:45');
    expect(await callsOf(ada)).toMatchObject([{ startsAt: '2027-02-01T17:00:00.000Z', state: 'booked' }]);
    expect(await page.getByText('Book a call').count()).toBe(0);
  });

  test('it is moved by keyboard alone, to another expert', async () => {
    const customer = await asAda();
    const { page } = customer;
    const keys = byKeyboard(page);
    await page.goto(at('/calls'));

    await keys.follow(/^Move/);
    await keys.follow('Ines Kolar');
    await keys.follow('Next week→');
    await page.locator('.slots').waitFor();
    await keys.press(/^17:00$/, 'Space');
    await page.keyboard.press('ArrowRight');
    await keys.press('Continue');
    await page.getByRole('heading', { name: 'Move this call?' }).waitFor();
    await customer.look();
    await keys.press('Move the call');
    await page.getByText('Your call has another time now').waitFor();

    expect(await callsOf(ada)).toMatchObject([{ startsAt: '2027-02-08T08:45:00.000Z', state: 'booked' }]);
  });

  test('it is canceled in time, which says that the credit comes back', async () => {
    const customer = await asAda();
    const { page } = customer;
    await page.goto(at('/calls'));
    await page.getByRole('link', { name: /^Cancel the call/ }).click();
    expect(await page.getByRole('main').getByRole('listitem').allTextContents()).toEqual([
      'Monday, February 8, 17:45 to 18:30',
      'With Ines Kolar, 09:45 in Vienna',
      'The credit of Jan 31 comes back; it is good until Jan 31, 2028.',
    ]);
    await page.getByRole('button', { name: 'Cancel the call' }).click();

    await page.getByText('Your call is canceled.').waitFor();
    expect(await callsOf(ada)).toMatchObject([{ state: 'canceled' }]);
  });

  test('who comes second reads so, and takes one of the next free times', async () => {
    const customer = await asAda();
    const { page } = customer;
    const startsAt = '2027-02-08T08:00:00.000Z';
    await page.goto(at(`/calls?expert=${ines}&from=2027-02-07`));
    await page.locator(`.slots label:has([value='${startsAt}'])`).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await site.must(site.owner.post('/v1/calls', { purchaseId: bo, expertId: ines, startsAt }));
    await page.getByRole('button', { name: 'Book the call' }).click();

    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('That time is gone');
    expect(await page.getByText('Somebody else has just booked that time. Nothing is booked.').isVisible()).toBe(true);
    await customer.look();
    await page.getByRole('link', { name: 'Monday, February 8, 17:45' }).click();
    await page.getByRole('button', { name: 'Book the call' }).click();
    await page.getByText('Your call is booked.').waitFor();
  });

  test('a seat in office hours is taken and given up', async () => {
    const customer = await asAda({ viewport: PHONE });
    const { page } = customer;
    const seats = async () => (await site.must<{ data: object[] }>(site.owner.get(`/v1/seats?purchaseId=${ada}`))).data;
    await page.goto(at('/calls'));
    await page
      .getByRole('link', { name: /^Take a seat/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Take a seat' }).click();
    await page.getByText('You have a seat.').waitFor();
    expect(await seats()).toMatchObject([
      { date: '2027-02-03', state: 'booked', startsAt: '2027-02-03T16:00:00.000Z' },
    ]);
    expect(await page.getByText('Yours', { exact: true }).count()).toBe(1);

    await page.getByRole('link', { name: /^Give it up/ }).click();
    await page.getByRole('button', { name: 'Give the seat up' }).click();
    await page.getByText('Your seat is given up.').waitFor();
    expect(await seats()).toMatchObject([{ state: 'canceled' }]);
  });

  test('clocks that change in one of two zones move what the other reads', async () => {
    const { page } = await asAda();
    await site.must((await asCustomer(site, ada)).patch('/v1/me', { timeZone: 'Europe/Vienna' }));
    const firsts: (string | null)[] = [];
    for (const from of ['2027-03-08', '2027-03-15', '2027-03-29']) {
      await page.goto(at(`/calls/${await callOf(ada)}/move?expert=${jo}&from=${from}`));
      firsts.push(await page.locator('.slots label').first().textContent());
    }

    expect(firsts).toEqual(['18:00', '17:00', '18:00']);
  });

  test('admins see the week, the day and the list, and book and cancel for customers', async () => {
    const admin = await aWindow({ as: 'support' });
    const { page } = admin;
    const press = (name: string) => page.getByRole('button', { name }).click();
    await page.goto('/calls?date=2027-02-08');
    expect(await page.locator('.week li').allTextContents()).toEqual([
      '09:00 Adawith Ines Kolar',
      '09:45 Adawith Ines Kolar',
      '17:00 Office hoursJo Park, 0 of 1 seats',
    ]);
    await page.getByRole('link', { name: 'Mon 8' }).click();
    await page.getByRole('link', { name: 'List' }).click();
    await page.goto(`/calls/${await callOf(bo)}`);

    await page.getByRole('link', { name: 'Cancel', exact: true }).click();
    expect(await page.getByText('The credit of Jan 31 comes back').isVisible()).toBe(true);
    await press('Cancel the call');
    await page.getByText('The call is canceled.').waitFor();

    await page.goto(`/purchases/${bo}`);
    await page.getByRole('link', { name: 'Book a call' }).click();
    await page.locator('.slots label').first().click();
    await press('Continue');
    expect(await page.getByText('Email: Call booked, to the customer.').isVisible()).toBe(true);
    await press('Book the call');
    await page.getByText('The call is booked.').waitFor();
    await page.goto(`/purchases/${bo}/book-seat`);
    await page
      .getByRole('link', { name: /^Take 1 of 1/ })
      .first()
      .click();
    await press('Take the seat');
    await page.getByText('1 of 1 seat taken, hosted by Jo Park').waitFor();
  }, 120_000);

  test('a call that has begun is marked as missed', async () => {
    const { page } = await aWindow({ as: 'support' });
    const id = await callOf(ada);
    await site.moveTo('2027-02-08T09:00:00.000Z');
    await page.goto(`/calls/${id}`);
    await page.getByRole('link', { name: 'Mark as missed' }).click();
    expect(await page.getByText('The credit of Jan 31 is spent.').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Mark as missed' }).click();
    await page.getByText('The call is marked as missed.').waitFor();

    expect((await callsOf(ada)).map(({ state }) => state).sort()).toEqual(['canceled', 'no_show']);
  });
});
