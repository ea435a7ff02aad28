import { describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Email } from '../../db/entities/email.ts';
import { anOffer } from '../builders/rows.ts';
import { eventually } from '../ground/eventually.ts';
import { aPurchase, T0 } from './a-world.ts';
import { api, guest, owner, world, useApi } from './use-api.ts';

useApi();

const ADA = 'ada@example.com';
const buy = (offerId: string, email = ADA) => owner.post('/v1/checkouts', { offerId, email });
const another = async (given: Record<string, unknown> = {}): Promise<string> => {
  const price = { kind: 'subscription', amountMinor: 900, currency: 'usd', interval: 'month' };
  const { status, body } = await owner.post('/v1/offers', {
    name: 'Coaching',
    productIds: [world.productId],
    price,
    ...given,
  });
  expect(status).toBe(201);
  return body.id;
};

describe('an offer says what it depends on [R4.7]', () => {
  test('and keeps what is not said as it is', async () => {
    const id = await another({ requires: [world.offerId], group: ' plans ', cancelBy: 'request', repeatable: true });

    const plain = await owner.get(`/v1/offers/${world.offerId}`);
    const changed = await owner.patch(`/v1/offers/${id}`, { group: null });

    expect(plain.body).toMatchObject({ requires: [], group: null, cancelBy: 'self', repeatable: false });
    expect(changed.body).toMatchObject({
      requires: [world.offerId],
      group: null,
      cancelBy: 'request',
      repeatable: true,
    });
  });

  test('and what it gives to the account that it is for [R4.7, R18.4]', async () => {
    const gives = { quotas: { products: 3, activeCustomers: 1_000 }, features: ['code_editor'], quotaFactor: 2 };
    const id = await another({ ...gives, features: ['code_editor', 'code_editor'] });

    const given = await owner.get(`/v1/offers/${id}`);
    const changed = await owner.patch(`/v1/offers/${id}`, { quotas: {}, features: [], quotaFactor: null });

    expect(given.body).toMatchObject(gives);
    expect(changed.body).toMatchObject({ quotas: {}, features: [], quotaFactor: null });
    const wrong = { quotas: { 'no word': 1, products: -1 }, features: ['Code Editor'], quotaFactor: 0 };
    const { status, body } = await owner.patch(`/v1/offers/${id}`, wrong);
    const faults = body.errors?.map(({ field }) => field) ?? [];
    expect([status, faults.toSorted()]).toEqual([
      422,
      ['features.0', 'quotaFactor', 'quotas.no word', 'quotas.products'],
    ]);
  });

  test.each<[string, () => object]>([
    ['an offer that is not there', () => ({ requires: [uuid()] })],
    ['the same one twice', () => ({ requires: [world.offerId, world.offerId] })],
  ])('requiring %s is 422', async (_what, asked) => {
    const { status, body } = await owner.patch(`/v1/offers/${await another()}`, asked());

    expect([status, body.field]).toEqual([422, 'requires']);
  });

  test('requiring itself is 422, and an archived one may stay', async () => {
    const id = await another({ requires: [world.offerId] });
    await owner.post(`/v1/offers/${world.offerId}/archive`);

    expect((await owner.patch(`/v1/offers/${id}`, { requires: [id] })).body.field).toBe('requires');
    expect((await owner.patch(`/v1/offers/${id}`, { requires: [world.offerId] })).status).toBe(200);
    expect((await owner.patch(`/v1/offers/${world.offerId}`, { requires: [id] })).status).toBe(200);
  });
});

describe('what requires another offer', () => {
  test('is neither sold nor granted without it, and is with it', async () => {
    const id = await another({ requires: [world.offerId] });

    const refused = await buy(id);
    const notGranted = await owner.post('/v1/grants', { offerId: id, email: ADA });
    await aPurchase(api.orm, world);

    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'requirement_missing', offerIds: [world.offerId], detail: expect.stringContaining('“Monthly”') },
    });
    expect([notGranted.status, notGranted.body.code]).toEqual([409, 'requirement_missing']);
    expect((await buy(id)).status).toBe(201);
  });

  test('is not sold while that one is paused, which is named', async () => {
    const id = await another({ requires: [world.offerId] });
    const pause = { since: T0, access: 'keep', resumeAt: null } as const;
    const paused = await aPurchase(api.orm, world, (state) =>
      state.billing.kind === 'subscription' ? { ...state, billing: { ...state.billing, pause } } : state,
    );

    const { body } = await buy(id);

    expect(body).toMatchObject({ code: 'requirement_missing', purchaseIds: [paused], state: 'paused' });
  });

  test('says so on its page; who types an address learns nothing of it, and its owner gets an email', async () => {
    const gives = { credits: { perYear: 6, issue: { everyMonths: 2 } }, officeHours: true };
    const id = await another({ requires: [world.offerId], ...gives });
    await aPurchase(api.orm, world);

    const shown = await guest.get(`/v1/public/offers/${id}`);
    const email = `bob-${uuid()}@example.com`;
    const told = await guest.post(`/v1/public/offers/${id}/checkout`, { email });

    expect(shown.body).toMatchObject({ requires: [{ id: world.offerId, name: 'Monthly' }], ...gives });
    expect([told.status, told.body]).toEqual([202, {}]);
    const mail = () => api.orm.em.fork().findOne(Email, { kind: 'requirement-missing', accountId: world.accountId });
    expect((await eventually(mail))?.data).toEqual({ offerName: 'Coaching', required: ['Monthly'], isHalting: false });
  });
});

describe('a group', () => {
  test('has one live purchase: another is 409, which names it', async () => {
    const em = api.orm.em.fork();
    const { offerId } = await anOffer(em, world.accountId, { name: 'Basic', groupName: 'plans' });
    const basic = await aPurchase(api.orm, { ...world, offerId });
    const id = await another({ group: 'plans' });

    const bought = await buy(id);
    const granted = await owner.post('/v1/grants', { offerId: id, email: ADA });

    expect(bought).toMatchObject({
      status: 409,
      body: { code: 'group_taken', purchaseIds: [basic], detail: expect.stringContaining('“Basic”') },
    });
    expect([granted.status, granted.body.code]).toEqual([409, 'group_taken']);
    expect((await buy(id, 'bob@example.com')).status).toBe(201);
  });

  test('on a public page is 202, and the email names what was wanted instead', async () => {
    const { offerId } = await anOffer(api.orm.em.fork(), world.accountId, { groupName: 'plans' });
    const purchaseId = await aPurchase(api.orm, { ...world, offerId });

    const told = await guest.post(`/v1/public/offers/${await another({ group: 'plans' })}/checkout`, { email: ADA });

    expect([told.status, told.body]).toEqual([202, {}]);
    const mail = () => api.orm.em.fork().findOne(Email, { kind: 'already-live', purchaseId });
    expect((await eventually(mail))?.data).toEqual({ instead: 'Coaching' });
  });
});

describe('a trial', () => {
  const trial = {
    price: { kind: 'subscription', amountMinor: 900, currency: 'usd', interval: 'month', trialDays: 14 },
  };
  const hadIt = (offerId: string) =>
    aPurchase(api.orm, { ...world, offerId }, (state) => {
      if (state.billing.kind !== 'subscription') return state;
      const ended = { at: T0, cause: 'internal', by: { kind: 'admin', id: 'a' }, endsAccess: true } as const;
      return { ...state, billing: { ...state.billing, trialEndsAt: T0, ended } };
    });

  test('is given once for an offer, and the checkout says so before paying [R4.5]', async () => {
    const [id, other] = [await another(trial), await another(trial)];
    await hadIt(id);

    const again = await buy(id);
    const ofOther = await buy(other);

    expect([again.body.trial, api.stripe.checkouts.at(-2)?.trialDays]).toEqual(['had', 0]);
    expect([ofOther.body.trial, api.stripe.checkouts.at(-1)?.trialDays]).toEqual(['given', 14]);
    expect((await buy(world.offerId)).body.trial).toBe('none');
  });

  test('is given once for the whole site, or always, if the account says so', async () => {
    const [id, other] = [await another(trial), await another(trial)];
    await hadIt(id);

    const site = await owner.patch('/v1/settings', { trialOnce: 'site' });
    const ofOther = await buy(other);
    await owner.patch('/v1/settings', { trialOnce: 'always' });
    const always = await buy(id);

    expect(site.body.trialOnce).toBe('site');
    expect([ofOther.body.trial, always.body.trial]).toEqual(['had', 'given']);
  });
});
