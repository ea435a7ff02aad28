import { describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { CommandText } from '../../db/entities/command-text.ts';
import { TimelineRow } from '../../db/entities/timeline-row.ts';
import { aPurchase, T0 } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

describe('a purchase', () => {
  test('shows both axes, its money, what is due, and what may be asked', async () => {
    const purchaseId = await aPurchase(api.orm, world);

    const { body } = await owner.get(`/v1/purchases/${purchaseId}`);

    expect(body).toMatchObject({
      billingStatus: 'active',
      accessStatus: 'full',
      nextChargeAt: '2027-02-28T09:00:00.000Z',
      version: 1,
      now: T0,
      workflowId: `purchase:${purchaseId}`,
      contact: { email: 'ada@example.com' },
      products: [{ productId: world.productId, name: 'Course', open: true, blocks: [], until: null }],
      payments: [{ amountMinor: 2900, refundedMinor: 0, refunds: [] }],
      refundWindow: { state: 'open', closesAt: '2027-03-02T09:00:00.000Z' },
      due: [{ kind: 'renewal' }, { kind: 'refund-window-closes' }],
    });
    expect(body.legalVerbs).toContain('pause');
    expect(body.illegalVerbs).toContainEqual({ verb: 'resume', code: 'wrong_state', reason: expect.any(String) });
  });

  test('whose access is over shows it so, even before any record says so', async () => {
    const purchaseId = await aPurchase(api.orm, world, (state) => ({
      ...state,
      billing: { kind: 'none' },
      access: { startsAt: '2027-01-01T00:00:00.000Z', endsAt: T0 },
    }));

    const { body } = await owner.get(`/v1/purchases/${purchaseId}`);

    expect(body).toMatchObject({ accessStatus: 'none', products: [{ open: false, blocks: [{ source: 'expired' }] }] });
  });

  test('whose billing goes on although access is gone says so in its list too [R6.3]', async () => {
    const by = { kind: 'api_key', id: 'k' } as const;
    await aPurchase(api.orm, world, (state) => ({
      ...state,
      revoked: [{ productId: world.productId, since: T0, by }],
    }));

    const { body } = await owner.get('/v1/purchases');

    expect(body.data).toMatchObject([{ warnings: ['billing_continues_without_access'], accessStatus: 'none' }]);
  });

  test('is listed by status, contact, offer and need of attention', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const found = async (query: string) => (await owner.get(`/v1/purchases?${query}`)).body.data.map(({ id }) => id);

    expect(await found('billingStatus=active&accessStatus=full')).toEqual([purchaseId]);
    expect(await found(`contactId=${world.contactId}&offerId=${world.offerId}&needsAttention=false`)).toEqual([
      purchaseId,
    ]);
    expect(await found('billingStatus=paused')).toEqual([]);
    expect(await found('needsAttention=true')).toEqual([]);
  });
});

describe('a timeline', () => {
  test('is read in pages, oldest first, with who and why', async () => {
    const purchaseId = await aPurchase(api.orm, world);
    const commandId = uuid();
    const em = api.orm.em.fork();
    const actor = { kind: 'api_key', id: 'k' } as const;
    const whose = { accountId: world.accountId, purchaseId, at: T0, actor, data: {} };
    await em.insert(TimelineRow, {
      ...whose,
      id: uuid(),
      revision: 2,
      position: 0,
      type: 'purchase.paused',
      commandId,
    });
    await em.insert(TimelineRow, {
      ...whose,
      id: uuid(),
      revision: 1,
      position: 1,
      type: 'payment.succeeded',
      commandId: null,
    });
    await em.insert(TimelineRow, {
      ...whose,
      id: uuid(),
      revision: 1,
      position: 0,
      type: 'purchase.bought',
      commandId: null,
    });
    await em.insert(CommandText, { commandId, accountId: world.accountId, reason: 'parental leave' });

    const first = await owner.get(`/v1/purchases/${purchaseId}/timeline?limit=2`);
    const rest = await owner.get(`/v1/purchases/${purchaseId}/timeline?cursor=${first.body.nextCursor}`);

    expect(first.body.data).toMatchObject([{ type: 'purchase.bought' }, { type: 'payment.succeeded' }]);
    expect(rest.body.data).toMatchObject([
      { type: 'purchase.paused', reason: 'parental leave', actor: { kind: 'api_key' } },
    ]);
    expect(rest.body.nextCursor).toBeNull();
  });
});
