import { expect, test } from '@jest/globals';
import { aSite } from './a-site.ts';
import { asCustomer } from './as-customer.ts';
import { town, useTown } from './use-town.ts';

useTown();

const NOON = 'T09:00:00.000Z';

/** Three offers of a group, the middle one bought. */
async function aGroup(selfChange: 'off' | 'upgrades' | 'all') {
  const site = await aSite(town);
  const of = { group: 'plans', refundWindowDays: 0 };
  const silver = await site.offer({ ...of, name: 'Silver' });
  const gold = await site.offer({ ...of, name: 'Gold', amountMinor: 9_900 });
  const small = await site.offer({ ...of, name: 'Small', amountMinor: 900 });
  await site.offer({ name: 'Of no group' });
  await site.must(site.owner.patch('/v1/settings', { selfChange }));
  const id = await site.buy(silver);
  const ada = await asCustomer(site, id);
  const path = `/v1/me/purchases/${id}`;
  const change = async (offerId: string, more: object = {}) => {
    const answer = await ada.post(`${path}/change-offer`, { offerId, ...more });
    await site.quiet();
    return answer;
  };
  const offered = async () =>
    (await site.must<{ data: { name: string; when: string }[] }>(ada.get(`${path}/offers`))).data.map(
      ({ name, when }) => `${name} ${when}`,
    );
  return { site, id, ada, path, change, offered, silver, gold, small };
}

test('a customer upgrades at once, prorated, and is charged what the preview said', async () => {
  const { site, id, change, offered, gold } = await aGroup('upgrades');
  await site.moveTo(`2027-02-14${NOON}`);

  const choices = await offered();
  const preview = await change(gold.id, { dryRun: true });
  const done = await change(gold.id, { planHash: preview.body.planHash });

  expect(choices).toEqual(['Gold now']);
  expect(preview.body).toMatchObject({
    status: 'preview',
    at: `2027-02-14${NOON}`,
    offer: { name: 'Gold', when: 'now', price: { amountMinor: 9_900 } },
    money: [
      { kind: 'unused_credited', amountMinor: 1_450 },
      { kind: 'charged_now', amountMinor: 3_500 },
      { kind: 'charges_continue', nextChargeAt: `2027-02-28${NOON}`, amountMinor: 9_900 },
    ],
    newProducts: ['Course 1'],
    endingProducts: ['Course 1'],
  });
  expect(done).toMatchObject({ status: 200, body: { purchase: { offer: { name: 'Gold' }, pendingChange: null } } });
  expect((await site.read(id)).payments.map(({ amountMinor }) => amountMinor)).toEqual([2_900, 3_500]);
  expect((await site.timeline(id)).slice(2)).toEqual([
    '2027-02-14T09:00Z purchase.offer-changed by customer (9900 usd, interval: month, proration: prorate)',
    '2027-02-14T09:00Z payment.succeeded by stripe (3500 usd)',
  ]);
});

test('a downgrade waits for the end of the period, and the customer takes it back', async () => {
  const { site, id, ada, path, change, offered, small } = await aGroup('all');

  const choices = await offered();
  const preview = await change(small.id, { dryRun: true });
  const planned = await change(small.id, { planHash: preview.body.planHash });
  const undone = await ada.post(`${path}/undo-change-offer`, {});
  await site.quiet();
  await change(small.id);
  await site.moveTo(`2027-03-01${NOON}`);

  expect(choices).toEqual(['Gold now', 'Small period_end']);
  expect(preview.body).toMatchObject({ at: `2027-02-28${NOON}`, offer: { name: 'Small', when: 'period_end' } });
  expect(planned.body.purchase).toMatchObject({
    offer: { name: 'Silver' },
    pendingChange: { offerName: 'Small', at: `2027-02-28${NOON}` },
    canCancel: false,
    canChangeOffer: false,
    canUndoChangeOffer: true,
  });
  expect(undone.body.purchase).toMatchObject({ pendingChange: null, canChangeOffer: true });
  expect((await ada.get(path)).body).toMatchObject({ offer: { name: 'Small' }, price: { amountMinor: 900 } });
  expect((await site.read(id)).payments.map(({ amountMinor }) => amountMinor)).toEqual([2_900, 900]);
});

test('what the site does not let them do is refused, and changes nothing', async () => {
  const off = await aGroup('off');
  const upgrades = await aGroup('upgrades');

  expect(await off.offered()).toEqual([]);
  expect(await off.change(off.gold.id)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect(await upgrades.change(upgrades.small.id)).toMatchObject({
    status: 422,
    body: { code: 'wrong_offer', field: 'offerId' },
  });
  expect(await upgrades.change(off.gold.id)).toMatchObject({ status: 422, body: { code: 'wrong_offer' } });
  expect((await off.site.timeline(off.id)).length).toBe(2);
  expect((await upgrades.site.timeline(upgrades.id)).length).toBe(2);
});

test('a change that the site has planned is not the customer’s to take back', async () => {
  const { site, id, ada, path, small } = await aGroup('all');
  await site.ask(id, 'change-offer', { offerId: small.id, when: 'period_end' });

  expect((await ada.get(path)).body).toMatchObject({
    pendingChange: { offerName: 'Small' },
    canUndoChangeOffer: false,
  });
  expect(await ada.post(`${path}/undo-change-offer`, {})).toMatchObject({ status: 403 });
  expect((await site.read(id)).pendingChange).not.toBeNull();
});

test('the same key is answered the same, and changes once', async () => {
  const { site, id, ada, path, gold } = await aGroup('all');
  const send = () => ada.post(`${path}/change-offer`, { offerId: gold.id }, { 'idempotency-key': 'once' });

  const [first, again] = [await send(), await send()];
  await site.quiet();

  expect([first.status, again.status]).toEqual([200, 200]);
  expect((await site.timeline(id)).filter((line) => line.includes('offer-changed')).length).toBe(1);
});
