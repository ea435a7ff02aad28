import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { CommandText } from '../../db/entities/command-text.ts';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import { TimelineRow } from '../../db/entities/timeline-row.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { aPurchase, aWorld, T0 } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

const SYSTEM = { kind: 'system', id: null } as const;

let purchaseId: string;

useApi();
beforeEach(async () => {
  purchaseId = await aPurchase(api.orm, world);
});

const read = async (path: string): Promise<object> => (await owner.get(path)).body;

describe('the card of a purchase', () => {
  test('is that of the last successful charge, asked of Stripe [R12.2]', async () => {
    const { status, body } = await owner.get(`/v1/purchases/${purchaseId}/card`);

    expect({ status, body }).toEqual({
      status: 200,
      body: { card: { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 }, chargedAt: T0 },
    });
  });

  test('is none before the first charge', async () => {
    const other = await aWorld(api.orm);
    const unpaid = await aPurchase(api.orm, other, (state) => ({ ...state, payments: [] }));

    expect((await api.client(other.keys.owner).get(`/v1/purchases/${unpaid}/card`)).body).toEqual({
      card: null,
      chargedAt: null,
    });
  });

  test('is 503 while Stripe is away, and the purchase is read all the same', async () => {
    api.stripe.isAway = true;
    const [card, purchase] = await Promise.all([
      owner.get(`/v1/purchases/${purchaseId}/card`),
      owner.get(`/v1/purchases/${purchaseId}`),
    ]);
    api.stripe.isAway = false;

    expect([card.status, card.body.code, purchase.status]).toEqual([503, 'unavailable', 200]);
  });

  test('is not shown to another account, and not to an assistant', async () => {
    const other = await aWorld(api.orm);

    const answers = await Promise.all([
      api.client(other.keys.owner).get(`/v1/purchases/${purchaseId}/card`),
      api.client(world.keys.assistant).get(`/v1/purchases/${purchaseId}/card`),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([404, 403]);
  });
});

describe('the revision of a purchase', () => {
  const revision = async () => (await read(`/v1/purchases/${purchaseId}/revision`)) as { revision: number };

  test('moves with commands that are open', async () => {
    const before = await revision();
    await owner.post(`/v1/purchases/${purchaseId}/pause`, {});

    expect(before).toMatchObject({ openCommands: 0, emails: {} });
    expect(await revision()).toMatchObject({ revision: before.revision, openCommands: 1 });
  });

  test('is 404 for another account', async () => {
    const other = await aWorld(api.orm);

    expect((await api.client(other.keys.owner).get(`/v1/purchases/${purchaseId}/revision`)).status).toBe(404);
  });
});

describe('a timeline', () => {
  test('can be read from its newest entry back', async () => {
    const em = api.orm.em.fork();
    const whose = { accountId: world.accountId, purchaseId, at: T0, actor: SYSTEM, data: {}, commandId: null };
    const types = ['purchase.bought', 'payment.succeeded', 'purchase.paused'] as const;
    for (const [index, type] of types.entries())
      await em.insert(TimelineRow, { ...whose, id: uuid(), revision: 1 + index, position: 0, type });

    const first = await owner.get(`/v1/purchases/${purchaseId}/timeline?order=newest&limit=2`);
    const rest = await owner.get(
      `/v1/purchases/${purchaseId}/timeline?order=newest&limit=2&cursor=${first.body.nextCursor}`,
    );

    expect(first.body.data).toMatchObject([{ type: 'purchase.paused' }, { type: 'payment.succeeded' }]);
    expect(rest.body).toMatchObject({ data: [{ type: 'purchase.bought' }], nextCursor: null });
  });
});

describe('a cancellation', () => {
  const canceled = (cause: 'internal' | 'external') => (state: PurchaseState) => {
    if (state.billing.kind === 'none') return state;
    const ended = { at: T0, cause, by: SYSTEM, endsAccess: true };
    return { ...state, billing: { ...state.billing, ended } };
  };

  async function asked(ofPurchase: string): Promise<string> {
    const em = api.orm.em.fork();
    const commandId = uuid();
    const whose = { subjectKind: 'purchase' as const, subjectId: ofPurchase, accountId: world.accountId };
    const actor = { kind: 'api_key', id: 'k' } as const;
    const row = { ...whose, actor, class: 'command' as const, kind: 'cancel', at: T0, state: 'applied' as const };
    await em.insert(InboxRow, { ...row, id: commandId, input: { when: 'now' } });
    const texts = { reason: 'by phone', feedback: 'too expensive' };
    await em.insert(CommandText, { commandId, accountId: world.accountId, ...texts });
    return commandId;
  }

  test('says who asked for it, why, and what the customer said [R8.4]', async () => {
    const ended = await aPurchase(api.orm, world, canceled('internal'));
    const commandId = await asked(ended);

    const request = { commandId, by: { kind: 'api_key' }, reason: 'by phone', feedback: 'too expensive' };
    expect(await read(`/v1/purchases/${ended}`)).toMatchObject({ billing: { cancelRequest: request } });
  });

  test('that nobody asked for here has no such request', async () => {
    const ended = await aPurchase(api.orm, world, canceled('external'));
    await asked(ended);

    expect(await read(`/v1/purchases/${ended}`)).toMatchObject({ billing: { cancelRequest: null } });
  });
});
