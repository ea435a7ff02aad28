import { beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { TimelineRow } from '../../db/entities/timeline-row.ts';
import { anEmail } from '../builders/rows.ts';
import { aPurchase, aWorld, T0 } from './a-world.ts';
import { api, owner, world, useApi } from './use-api.ts';

let purchaseId: string;

useApi();
beforeEach(async () => {
  purchaseId = await aPurchase(api.orm, world);
});

let revision = 1;

async function anEntry(at: string): Promise<string> {
  const row = { id: uuid(), accountId: world.accountId, purchaseId, position: 0, commandId: null, change: null };
  const paid = { type: 'payment.succeeded', actor: { kind: 'stripe', id: null }, data: { amountMinor: 2900 } } as const;
  await api.orm.em.fork().insert(TimelineRow, { ...row, ...paid, at, revision: ++revision });
  return row.id;
}

const mailedAt = (dueAt: string): Promise<string> => {
  const { accountId, contactId: recipientId } = world;
  return anEmail(api.orm.em.fork(), { accountId, recipientId, purchaseId, dueAt, html: '<p>Hi</p>' });
};

const [FEB_1, FEB_28, MARCH_1] = ['2027-02-01T00:00:00.000Z', '2027-02-28T09:00:00.000Z', '2027-03-01T00:00:00.000Z'];

describe('what has happened', () => {
  test('after an instant and up to another one, entries and emails in their order, with whom they are about', async () => {
    await anEntry(T0);
    const first = await anEntry(FEB_1);
    const paid = await anEntry(FEB_28);
    const told = await mailedAt(FEB_28);
    await mailedAt(MARCH_1);

    const { status, body } = await owner.get(`/v1/timeline?after=${T0}&until=${FEB_28}`);

    expect(status).toBe(200);
    const purchase = { id: purchaseId, contact: { email: 'ada@example.com' }, offer: { name: 'Monthly' } };
    expect(body.data).toMatchObject([
      { kind: 'entry', id: first, at: FEB_1, type: 'payment.succeeded', actor: { kind: 'stripe' }, purchase },
      { kind: 'entry', id: paid, at: FEB_28, data: { amountMinor: 2900 } },
      {
        kind: 'email',
        id: told,
        at: FEB_28,
        emailKind: 'payment-receipt',
        to: 'ada@example.com',
        state: 'queued',
        purchase,
      },
    ]);
  });

  test('comes page by page without gaps or repeats, whatever is at one instant', async () => {
    const made = [];
    for (let n = 0; n < 2; n += 1) made.push(await anEntry(FEB_28), await mailedAt(FEB_28));

    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path = `/v1/timeline?after=${T0}&until=${MARCH_1}&limit=1${cursor && `&cursor=${cursor}`}`;
      const { body } = await owner.get(path);
      seen.push(...body.data.map(({ id }) => id));
      cursor = body.nextCursor;
    }

    expect(seen).toEqual(made);
  });

  test('is told of the own account, and not to assistants', async () => {
    await anEntry(FEB_28);
    const path = `/v1/timeline?after=${T0}&until=${FEB_28}`;
    const other = api.client((await aWorld(api.orm)).keys.owner);

    expect((await other.get(path)).body.data).toEqual([]);
    expect((await api.client(world.keys.assistant).get(path)).status).toBe(403);
    expect((await owner.get('/v1/timeline')).body.field).toBe('after');
  });
});

test('a clock is sent off without waiting for its arrival [R23.3]', async () => {
  const headers = { 'idempotency-key': uuid() };
  const send = () => owner.post('/v1/test-clock/advance', { by: 'day', wait: false }, headers);

  const first = await send();
  const again = await send();

  const to = '2027-02-01T09:00:00.000Z';
  expect(first).toMatchObject({ status: 202, body: { now: T0, target: to, isMoving: true } });
  expect(first.headers.get('location')).toBe('/v1/test-clock');
  expect([again.status, again.body]).toEqual([202, first.body]);
  expect(api.woken.filter(({ what, id }) => what === 'moveClock' && id === world.accountId)).toHaveLength(1);
});
