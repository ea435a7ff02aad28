import { expect, test } from '@jest/globals';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const NOON = 'T09:00:00.000Z';

const paid = async (site: Site, id: string): Promise<number[]> =>
  (await site.read(id)).payments.map(({ amountMinor }) => amountMinor);

/** Bought with a code, and an offer to become; `isFor`: whether the code holds for that one too. */
async function bought(site: Site, isFor: 'both' | 'the first') {
  const silver = await site.offer({ refundWindowDays: 0 });
  const gold = await site.offer({ refundWindowDays: 0, amountMinor: 9_900, name: 'Gold' });
  const offerIds = isFor === 'both' ? [silver.id, gold.id] : [silver.id];
  const code = { code: 'HALF', percentOff: 50, duration: { months: 3 }, offerIds };
  await site.must(site.owner.post('/v1/promotion-codes', code), 201);
  return { id: await site.buy(silver, { promotionCode: 'HALF' }), gold: gold.id };
}

test('a code that holds for the new offer goes on, up to its own end [R27.5]', async () => {
  const site = await aSite(town);
  const { id, gold } = await bought(site, 'both');
  await site.moveTo(`2027-02-14${NOON}`);

  const said = await site.preview(id, 'change-offer', { offerId: gold, when: 'now' });
  await site.ask(id, 'change-offer', { offerId: gold, when: 'now', planHash: said.planHash });
  await site.moveTo(`2027-05-01${NOON}`);

  expect(said.money).toEqual([
    { kind: 'unused_credited', amountMinor: 725, currency: 'usd' },
    { kind: 'charged_now', amountMinor: 1_750, currency: 'usd' },
    { kind: 'charges_continue', nextChargeAt: `2027-02-28${NOON}`, amountMinor: 4_950, currency: 'usd' },
  ]);
  expect(await paid(site, id)).toEqual([1_450, 1_750, 4_950, 4_950, 9_900]);
});

test('one that does not hold ends with the change, as its preview said', async () => {
  const site = await aSite(town);
  const { id, gold } = await bought(site, 'the first');
  await site.moveTo(`2027-02-14${NOON}`);

  const said = await site.preview(id, 'change-offer', { offerId: gold, when: 'now' });
  await site.ask(id, 'change-offer', { offerId: gold, when: 'now', planHash: said.planHash });
  expect((await site.read(id)).discount).toBeNull();
  await site.moveTo(`2027-03-01${NOON}`);

  expect(said.money).toEqual([
    { kind: 'unused_credited', amountMinor: 725, currency: 'usd' },
    { kind: 'charged_now', amountMinor: 4_225, currency: 'usd' },
    { kind: 'charges_continue', nextChargeAt: `2027-02-28${NOON}`, amountMinor: 9_900, currency: 'usd' },
    { kind: 'discount_ends', at: `2027-02-14${NOON}`, code: 'HALF' },
  ]);
  expect(await paid(site, id)).toEqual([1_450, 4_225, 9_900]);
  const [changed] = (await site.timelineOf(id)).data.filter(({ type }) => type === 'purchase.offer-changed');
  expect(changed?.data).toMatchObject({ endedCodes: ['HALF'] });
});

test('with the end of the period it ends then, and stays where the change is undone', async () => {
  const site = await aSite(town);
  const { id, gold } = await bought(site, 'the first');
  const wish = { offerId: gold, when: 'period_end' };

  const said = await site.preview(id, 'change-offer', wish);
  await site.ask(id, 'change-offer', { ...wish, planHash: said.planHash });
  expect((await site.read(id)).nextCharge).toEqual({ amountMinor: 9_900, currency: 'usd' });
  await site.ask(id, 'undo-change-offer');
  expect((await site.read(id)).nextCharge).toEqual({ amountMinor: 1_450, currency: 'usd' });
  await site.ask(id, 'change-offer', wish);
  await site.moveTo(`2027-03-01${NOON}`);

  expect(said.money).toEqual([
    { kind: 'charges_continue', nextChargeAt: `2027-02-28${NOON}`, amountMinor: 9_900, currency: 'usd' },
    { kind: 'discount_ends', at: `2027-02-28${NOON}`, code: 'HALF' },
  ]);
  expect(await paid(site, id)).toEqual([1_450, 9_900]);
  expect(await site.timeline(id)).toContain('2027-02-28T09:00Z purchase.discount-ended by stripe');
});
