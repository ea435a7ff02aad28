import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import { CommandText } from '../../db/entities/command-text.ts';
import { aPurchase, aWorld, endCommand } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

let purchaseId: string;

useApi({ waitMs: 400 });
beforeEach(async () => {
  purchaseId = await aPurchase(api.orm, world);
  api.onLook(async () => undefined);
});

const applyAtOnce = () => api.onLook((_id, rowId) => endCommand(api.orm, rowId ?? ''));
const inbox = () => api.orm.em.fork().find(InboxRow, { subjectId: purchaseId }, { orderBy: { seq: 'asc' } });

describe('a verb that is accepted', () => {
  test('is a row with its input, its texts beside it, and a wake; its answer is 200', async () => {
    applyAtOnce();

    const { status, body } = await owner.post(`/v1/purchases/${purchaseId}/cancel`, {
      when: 'period_end',
      reason: 'moving house',
      feedback: 'too dear',
      expectedVersion: 1,
    });

    expect(status).toBe(200);
    expect(body.command).toMatchObject({ verb: 'cancel', status: 'applied', purchaseId });
    const [row] = await inbox();
    expect(row).toMatchObject({ kind: 'cancel', class: 'command', at: '2027-01-31T09:00:00.000Z', expectedVersion: 1 });
    expect(row?.input).toEqual({ when: 'period_end', cancelAt: null });
    expect(row?.actor).toMatchObject({ kind: 'api_key', role: 'owner' });
    const texts = await api.orm.em.fork().findOneOrFail(CommandText, { commandId: row!.id });
    expect(texts).toMatchObject({ reason: 'moving house', feedback: 'too dear' });
    expect(api.woken).toContainEqual({ what: 'look', id: purchaseId });
  });

  test('is answered 202 with an address while nobody takes it, and can be followed there', async () => {
    const { status, body, headers } = await owner.post(`/v1/purchases/${purchaseId}/pause`);

    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/v1/commands/${body.id}`);
    expect((await owner.get(`/v1/commands/${body.id}`)).body).toMatchObject({ status: 'pending', verb: 'pause' });
    await endCommand(api.orm, body.id);
    expect((await owner.get(`/v1/commands/${body.id}`)).body).toMatchObject({ status: 'applied' });
  });

  test('and refused at its turn answers the problem of its refusal, with the state', async () => {
    const refusal = { code: 'wrong_state', detail: 'No.', state: 'paused', legalVerbs: ['resume'] } as const;
    api.onLook((_id, rowId) => endCommand(api.orm, rowId ?? '', { ...refusal, legalVerbs: ['resume'] }));

    const { status, body } = await owner.post(`/v1/purchases/${purchaseId}/pause`, {});

    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'wrong_state', state: 'paused', legalVerbs: ['resume'] });
  });

  test('is accepted without an early refusal while another command is open', async () => {
    await owner.post(`/v1/purchases/${purchaseId}/pause`, {});

    const { status } = await owner.post(`/v1/purchases/${purchaseId}/resume`, {});

    expect(status).toBe(202);
    expect((await inbox()).map(({ kind }) => kind)).toEqual(['pause', 'resume']);
  });
});

describe('a verb that is refused early', () => {
  test.each([
    ['resume', {}, 409, 'wrong_state', undefined],
    ['undo-cancel', {}, 409, 'wrong_state', undefined],
    ['restore', {}, 409, 'nothing_to_restore', undefined],
    ['retry-payment', {}, 409, 'wrong_state', undefined],
    ['change-resume-date', { resumeAt: null }, 409, 'wrong_state', undefined],
    ['pause', { resumeAt: '2027-01-01T00:00:00Z' }, 422, 'instant_past', 'resumeAt'],
    ['pause', { resumeAt: '2027-03-01T00:00:00.500Z' }, 422, 'invalid_instant', 'resumeAt'],
    ['cancel', { when: 'at' }, 422, 'invalid_instant', 'cancelAt'],
    ['refund', { paymentId: 'in_other' }, 422, 'unknown_payment', 'paymentId'],
    ['revoke', { productIds: ['0199a000-0000-7000-8000-0000000000ff'] }, 422, 'unknown_product', 'productIds'],
    ['pause', { expectedVersion: 7 }, 409, 'state_moved', undefined],
    ['pause', { planHash: 'another' }, 409, 'preview_stale', undefined],
  ])('%s with %j is %i %s', async (...[verb, input, expected, code, field]) => {
    const { status, body } = await owner.post(`/v1/purchases/${purchaseId}/${verb}`, input);

    expect({ status, code: body.code, field: body.field }).toEqual({ status: expected, code, field });
    expect(await inbox()).toEqual([]);
    expect(api.woken).not.toContainEqual({ what: 'look', id: purchaseId });
  });

  test('names the state and what is legal instead', async () => {
    const { body } = await owner.post(`/v1/purchases/${purchaseId}/resume`, {});

    expect(body.state).toBe('active');
    expect(body.legalVerbs).toEqual([
      'pause',
      'cancel',
      'change-offer',
      'revoke',
      'refund',
      'money-back',
      'access-start',
    ]);
  });
});

describe('a preview', () => {
  test('says what would be done, writes nothing, and its hash is accepted', async () => {
    applyAtOnce();
    const preview = await owner.post(`/v1/purchases/${purchaseId}/revoke`, { dryRun: true });

    expect(preview.status).toBe(200);
    expect(preview.body).toMatchObject({
      verb: 'revoke',
      version: 1,
      warnings: ['billing_continues_without_access'],
      quote: null,
    });
    expect(preview.body.after.accessStatus).toBe('none');
    expect(await inbox()).toEqual([]);

    const done = await owner.post(`/v1/purchases/${purchaseId}/revoke`, { planHash: preview.body.planHash });
    expect(done.status).toBe(200);
  });

  test('of a cancellation beyond the period carries the figure of Stripe, and null while Stripe is away', async () => {
    const body = { when: 'at', cancelAt: '2027-03-15T09:00:00Z', dryRun: true };

    const quoted = await owner.post(`/v1/purchases/${purchaseId}/cancel`, body);
    api.stripe.isAway = true;
    const away = await owner.post(`/v1/purchases/${purchaseId}/cancel`, body);
    api.stripe.isAway = false;

    expect(quoted.body.quote).toEqual({ amountMinor: 1450, currency: 'usd' });
    expect(away).toMatchObject({ status: 200, body: { quote: null } });
  });

  test('is refused like the verb itself', async () => {
    expect((await owner.post(`/v1/purchases/${purchaseId}/resume`, { dryRun: true })).status).toBe(409);
  });
});

describe('an Idempotency-Key', () => {
  test('makes one command of many at once, and all get its answer', async () => {
    applyAtOnce();
    const headers = { 'idempotency-key': uuid() };
    const ask = () => owner.post(`/v1/purchases/${purchaseId}/pause`, { reason: 'once' }, headers);

    const answers = await Promise.all(Array.from({ length: 8 }, ask));

    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(answers.map(({ body }) => body.command.id)).size).toBe(1);
    expect(await inbox()).toHaveLength(1);
    const again = await ask();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(answers[0]?.body);
  });

  test('used for another body is refused, and nothing happens', async () => {
    applyAtOnce();
    const headers = { 'idempotency-key': 'same' };
    await owner.post(`/v1/purchases/${purchaseId}/pause`, {}, headers);

    const { status, body } = await owner.post(`/v1/purchases/${purchaseId}/pause`, { access: 'suspend' }, headers);

    expect({ status, code: body.code }).toEqual({ status: 422, code: 'idempotency_key_reused' });
    expect(await inbox()).toHaveLength(1);
  });

  test('of another account is another key', async () => {
    applyAtOnce();
    const other = await aWorld(api.orm);
    const theirs = await aPurchase(api.orm, other);
    const headers = { 'idempotency-key': 'shared' };
    await owner.post(`/v1/purchases/${purchaseId}/pause`, {}, headers);

    const { status } = await api.client(other.keys.owner).post(`/v1/purchases/${theirs}/pause`, {}, headers);

    expect(status).toBe(200);
  });

  test('still pending is followed to the end that it then has', async () => {
    const headers = { 'idempotency-key': 'slow' };
    const first = await owner.post(`/v1/purchases/${purchaseId}/pause`, {}, headers);
    await endCommand(api.orm, first.body.id);

    const { status, body } = await owner.post(`/v1/purchases/${purchaseId}/pause`, {}, headers);

    expect(first.status).toBe(202);
    expect({ status, id: body.command.id }).toEqual({ status: 200, id: first.body.id });
  });
});
