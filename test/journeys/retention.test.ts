import { expect, test } from '@jest/globals';
import { addDays } from '../../workflows/domain/instant.ts';
import { aSite, type Site } from './a-site.ts';
import { asCustomer } from './as-customer.ts';
import { town, useTown } from './use-town.ts';

useTown();

type Taking = { status: number; body: Record<string, unknown> };

/** A purchase of a site with these settings, and how its customer goes about leaving it. */
async function leaving(site: Site, settings: object, wish: { promotionCode?: string } = {}) {
  await site.must(site.owner.patch('/v1/settings', settings));
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }), wish);
  const ada = await asCustomer(site, id);
  const post = async (what: string, body: object): Promise<Taking> => {
    const { status, body: answer } = await ada.post(`/v1/me/purchases/${id}/${what}`, body);
    await site.quiet();
    return { status, body: answer as unknown as Record<string, unknown> };
  };
  return {
    id,
    look: async () => (await post('cancel', { dryRun: true })).body,
    cancel: (body: object) => post('cancel', body),
    take: (body: object) => post('retention-offer', body),
  };
}

async function aCode(site: Site, given: object): Promise<string> {
  return (await site.must(site.owner.post('/v1/promotion-codes', given), 201)).id;
}

const retentionOf = async (site: Site) =>
  (await site.must<{ data: { count: number; retention: object[] }[] }>(site.owner.get('/v1/cancellation-reasons')))
    .data;

test('a code is offered before they cancel, replaces the one before from the next charge on, and is offered once', async () => {
  const site = await aSite(town);
  await aCode(site, { code: 'WELCOME', percentOff: 10, duration: 'forever' });
  const promotionCodeId = await aCode(site, { code: 'STAY', percentOff: 50, duration: { months: 2 } });
  const retention = { offer: 'promotion_code', promotionCodeId, message: 'Half price for two months?' };
  const { id, look, cancel, take } = await leaving(site, { retention }, { promotionCode: 'WELCOME' });

  const before = await look();
  const preview = await take({ dryRun: true });
  expect(before.retention).toMatchObject({
    kind: 'promotion_code',
    code: 'STAY',
    percentOff: 50,
    message: retention.message,
  });
  expect(preview.body).toMatchObject({
    status: 'preview',
    kind: 'promotion_code',
    money: [
      { kind: 'discount_replaced', code: 'WELCOME', by: 'STAY' },
      { kind: 'charges_continue', nextChargeAt: '2027-02-28T09:00:00.000Z', amountMinor: 1_450, currency: 'usd' },
    ],
  });

  expect((await take({ planHash: preview.body.planHash })).status).toBe(200);
  expect(await site.read(id)).toMatchObject({
    billingStatus: 'active',
    cancelAt: null,
    discount: { code: 'STAY', percentOff: 50, endsAt: '2027-03-31T09:00:00.000Z' },
  });
  expect((await look()).retention).toBeNull();
  expect((await take({})).status).toBe(409);
  await site.moveTo('2027-04-30T10:00:00.000Z');

  expect((await site.read(id)).payments.map(({ amountMinor }) => amountMinor)).toEqual([2_610, 1_450, 2_900, 2_900]);
  expect((await site.timeline(id)).slice(2, 4)).toEqual([
    '2027-01-31T09:00Z purchase.discount-added by customer',
    '2027-02-28T09:00Z payment.succeeded by stripe (1450 usd)',
  ]);
  expect((await look()).retention).toBeNull();
  await cancel({ planHash: (await look()).planHash });
  expect(await retentionOf(site)).toMatchObject([
    { count: 1, retention: [] },
    {
      count: 0,
      retention: [{ kind: 'promotion_code', offered: 1, taken: 1, kept: [{ currency: 'usd', amountMinor: 7_250 }] }],
    },
  ]);
  expect((await site.owner.get(`/v1/promotion-codes/${promotionCodeId}`)).body).toMatchObject({ uses: 1 });
});

test('a pause is offered as far as customers may pause, and what was offered and not taken is kept', async () => {
  const site = await aSite(town);
  const settings = { retention: { offer: 'pause' }, selfPause: { isOn: true, mostDays: 45, mostAYear: 1 } };
  const first = await leaving(site, settings);
  const second = await leaving(site, settings);
  const unseen = await leaving(site, settings);
  const { now } = await site.must<{ now: string }>(site.owner.get('/v1/test-clock'));

  expect((await first.look()).retention).toEqual({ kind: 'pause', message: null, mostDays: 45, suspendsAccess: false });
  expect((await first.take({ resumeAt: addDays(now, 46) })).status).toBe(422);
  expect((await first.take({})).body).toMatchObject({ status: 'applied', purchase: { billingStatus: 'paused' } });
  const { planHash } = await second.look();
  await second.cancel({ planHash, reason: 'I do not use it enough' });
  await unseen.cancel({});

  expect(await retentionOf(site)).toMatchObject([
    { retention: [{ kind: 'pause', offered: 1, taken: 1, kept: [] }] },
    { count: 1, retention: [{ kind: 'pause', offered: 1, taken: 0, kept: [] }] },
    { count: 1, retention: [] },
  ]);
  await site.moveTo(addDays(now, 60));
  expect((await first.look()).retention).toBeNull();
  expect((await site.timeline(first.id))[2]).toMatch(/purchase.paused by customer/);
});

test('nothing is offered that the purchase could not have, and no such code is chosen', async () => {
  const site = await aSite(town);
  const patch = async (retention: object) => (await site.owner.patch('/v1/settings', { retention })).status;
  const first = await aCode(site, { code: 'FIRST', percentOff: 10, duration: 'once', firstPurchaseOnly: true });
  const inEuros = await aCode(site, { code: 'EUR', amountOffMinor: 500, currency: 'eur', duration: 'once' });

  expect(await patch({ offer: 'promotion_code' })).toBe(422);
  expect(await patch({ promotionCodeId: first })).toBe(422);
  expect(await patch({ promotionCodeId: site.accountId })).toBe(422);
  const { look, take } = await leaving(site, { retention: { offer: 'promotion_code', promotionCodeId: inEuros } });
  expect((await look()).retention).toBeNull();
  expect(await take({})).toMatchObject({ status: 409 });
  const paused = await leaving(site, { retention: { offer: 'pause' } });
  expect((await paused.look()).retention).toBeNull();
});
