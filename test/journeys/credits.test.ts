import { expect, test } from '@jest/globals';
import { anExpert } from '../builders/rows.ts';
import { aSite, type SiteWish } from './a-site.ts';
import { creditFates, creditFigures, lapsed, open } from './credit-fates.ts';
import { giveCard, giveGoodCard } from './give-card.ts';
import { town, useTown } from './use-town.ts';

useTown();

const MONTHLY = { credits: { perYear: 6, issue: { everyMonths: 2 }, validMonths: 12, callMinutes: 45 } };
const ANNUAL = {
  credits: { ...MONTHLY.credits, issue: 'period_start' },
  interval: 'year',
  amountMinor: 29_000,
} as const;

/** A site with an expert, and how its calls and credits are asked for. */
async function given(wish: SiteWish = {}) {
  const site = await aSite(town, wish);
  const expertId = await anExpert(town.deps.orm.em.fork(), site.accountId);
  const book = (purchaseId: string, startsAt: string) =>
    site.must(site.owner.post('/v1/calls', { purchaseId, expertId, startsAt }));
  return { site, book, fates: (id: string) => creditFates(site, id), figures: (id: string) => creditFigures(site, id) };
}

/** 2027 of a monthly one, after its first two. */
const REST_OF_2027 = [
  ['2027-05-31', '2028-05-31'],
  ['2027-07-31', '2028-07-31'],
  ['2027-09-30', '2028-09-30'],
  ['2027-11-30', '2028-11-30'],
] as const;

test('26 months, monthly and yearly: each credit lasts a year to the millisecond, and is redeemed or expires', async () => {
  const { site, book, fates, figures } = await given();
  const [monthly, annual] = [await site.buy(await site.offer(MONTHLY)), await site.buy(await site.offer(ANNUAL))];

  await site.moveTo('2028-01-31T08:59:59.000Z');
  const before = await figures(monthly);
  await site.moveTo('2028-01-31T09:00:00.000Z');
  await book(monthly, '2028-02-02T08:00:00.000Z');
  const atExpiry = await figures(monthly);
  await site.moveTo('2029-04-01T09:00:00.000Z');

  expect(before).toMatchObject({ available: 6, nextIssueAt: '2028-01-31T09:00:00.000Z' });
  expect(atExpiry).toMatchObject({ available: 5, held: 1 });
  expect(await fates(monthly)).toEqual([
    lapsed('2027-01-31', '2028-01-31'),
    [1, 'issued 2027-03-31, redeemed 2028-01-31, spent 2028-02-02T08:45Z'],
    ...REST_OF_2027.map(([issued, expired]) => lapsed(issued, expired)),
    lapsed('2028-01-31', '2029-01-31'),
    lapsed('2028-03-31', '2029-03-31'),
    ...['2028-05-31', '2028-07-31', '2028-09-30', '2028-11-30', '2029-01-31', '2029-03-31'].map(open),
  ]);
  expect(await fates(annual)).toEqual([
    [6, 'issued 2027-01-31, expired 2028-01-31'],
    [6, 'issued 2028-01-31, expired 2029-01-31'],
    [6, 'issued 2029-01-31'],
  ]);
  const told = (await site.emails(monthly)).filter((line) => line.includes('credit'));
  expect(told.slice(0, 10)).toEqual([
    ...['2027-01-31', '2027-03-31', '2027-05-31', '2027-07-31', '2027-09-30', '2027-11-30'].map(
      (day) => `${day}T09:00Z credit-issued to customer`,
    ),
    ...['2028-01-01', '2028-01-24', '2028-01-30'].map((day) => `${day}T09:00Z credits-expiring to customer`),
    '2028-01-31T09:00Z credit-issued to customer',
  ]);
});

test('paused, unpaid over an issue, and changed to yearly: what never comes, what comes late, and what comes at once', async () => {
  const { site, fates, figures } = await given();
  const [monthlyOffer, annualOffer] = [await site.offer(MONTHLY), await site.offer(ANNUAL)];
  const paused = await site.buy(monthlyOffer);
  const unpaid = await site.buy(monthlyOffer);
  const changed = await site.buy(monthlyOffer);

  await site.moveTo('2027-03-10T09:00:00.000Z');
  await site.ask(paused, 'pause', { resumeAt: '2027-06-10T09:00:00Z' });
  await giveCard(site, unpaid, 'pm_card_chargeCustomerFail');
  await site.moveTo('2027-04-10T09:00:00.000Z');
  const whileUnpaid = await figures(unpaid);
  await giveGoodCard(site, unpaid);
  await site.ask(changed, 'change-offer', { offerId: annualOffer.id, when: 'now', proration: 'full' });
  await site.moveTo('2027-06-15T09:00:00.000Z');
  const afterPause = await figures(paused);
  await site.moveTo('2028-04-11T09:00:00.000Z');

  expect(whileUnpaid).toMatchObject({ available: 1, remainingThisYear: 6 });
  expect(afterPause).toMatchObject({ available: 1, remainingThisYear: 4, nextIssueAt: '2027-07-31T09:00:00.000Z' });
  const later = ['2027-07-31', '2027-09-30', '2027-11-30', '2028-01-31', '2028-03-31'].map(open);
  expect(await fates(paused)).toEqual([lapsed('2027-01-31', '2028-01-31'), ...later]);
  expect(await fates(unpaid)).toEqual([
    lapsed('2027-01-31', '2028-01-31'),
    lapsed('2027-03-31', '2028-03-31'),
    open('2027-05-31'),
    ...later,
  ]);
  expect(await fates(changed)).toEqual([
    lapsed('2027-01-31', '2028-01-31'),
    lapsed('2027-03-31', '2028-03-31'),
    [4, 'issued 2027-04-10, expired 2028-04-10'],
    [6, 'issued 2028-04-10'],
  ]);
  const issued = (await site.emails(unpaid)).filter((line) => line.includes('credit-issued'));
  expect(issued[1]).toBe('2027-04-10T09:00Z credit-issued to customer');
});

test('canceled with a call booked, and given back after a call: no credit is left, and what was paid returns whole', async () => {
  const { site, book, fates } = await given();
  const offer = await site.offer(ANNUAL);
  const [canceled, givenBack] = [await site.buy(offer), await site.buy(offer)];

  await book(givenBack, '2027-02-03T08:00:00.000Z');
  await book(canceled, '2027-02-05T08:00:00.000Z');
  await site.moveTo('2027-02-04T09:00:00.000Z');
  await site.ask(givenBack, 'money-back');
  await site.ask(canceled, 'cancel', { when: 'now' });

  expect(await fates(canceled)).toEqual([
    [1, 'issued 2027-01-31, redeemed 2027-01-31, spent 2027-02-04'],
    [5, 'issued 2027-01-31, forfeited 2027-02-04'],
  ]);
  expect(await fates(givenBack)).toEqual([
    [1, 'issued 2027-01-31, redeemed 2027-01-31, spent 2027-02-03T08:45Z'],
    [5, 'issued 2027-01-31, forfeited 2027-02-04'],
  ]);
  expect((await site.read(givenBack)).payments).toMatchObject([{ amountMinor: 29_000, refundedMinor: 29_000 }]);
  const kindsOf = async (id: string) =>
    (await site.emailsOf(id)).flatMap(({ dueAt, kind }) => (dueAt.startsWith('2027-02-04') ? [kind] : []));
  expect(await kindsOf(givenBack)).toEqual(['money-back', 'admin-money-back']);
  expect(await kindsOf(canceled)).toEqual([
    'call-reminder',
    'expert-call-reminder',
    'purchase-canceled',
    'admin-purchase-canceled',
    'credits-forfeited',
    'call-canceled',
    'expert-call-canceled',
  ]);
});

test('from 29 February: one year on is the 28th, and every two months the 29th', async () => {
  const { site, fates } = await given({ at: '2028-02-29T09:00:00.000Z' });
  const [monthly, annual] = [await site.buy(await site.offer(MONTHLY)), await site.buy(await site.offer(ANNUAL))];

  await site.moveTo('2029-05-01T09:00:00.000Z');

  expect(await fates(monthly)).toEqual([
    lapsed('2028-02-29', '2029-02-28'),
    lapsed('2028-04-29', '2029-04-29'),
    ...['2028-06-29', '2028-08-29', '2028-10-29', '2028-12-29', '2029-02-28', '2029-04-29'].map(open),
  ]);
  expect(await fates(annual)).toEqual([
    [6, 'issued 2028-02-29, expired 2029-02-28'],
    [6, 'issued 2029-02-28'],
  ]);
});
