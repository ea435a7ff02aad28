import { beforeEach, describe, expect, test } from '@jest/globals';
import type Stripe from 'stripe';
import { v7 as uuid } from 'uuid';
import { toArrivedEvent } from '../../activities/gateways/stripe.ts';
import { InboxBody } from '../../db/entities/inbox-body.ts';
import { InboxRow } from '../../db/entities/inbox-row.ts';
import { createEventStore } from '../../db/inbox/store-events.ts';
import { eventually } from '../ground/eventually.ts';
import { signedByStripe } from './a-stranger.ts';
import { aPurchase } from './a-world.ts';
import { api, world, useApi } from './use-api.ts';

let purchaseId: string;

useApi();
beforeEach(async () => {
  purchaseId = await aPurchase(api.orm, world);
  api.woken.length = 0;
});

const CREATED = 1_800_000_000;

const anEvent = (metadata: object = { purchaseId }, more: object = {}) => ({
  id: `evt_${uuid()}`,
  object: 'event',
  type: 'customer.subscription.updated',
  created: CREATED,
  livemode: false,
  data: { object: { object: 'subscription', id: `sub_${purchaseId}`, metadata } },
  ...more,
});

type Signed = { secret?: string; agoSeconds?: number; endpoint?: string };

async function send(event: object | null, { endpoint = 'platform', ...signing }: Signed = {}): Promise<number> {
  const body = JSON.stringify(event);
  const headers = signedByStripe(body, signing);
  return (await fetch(`${api.url}/webhooks/stripe/${endpoint}`, { method: 'POST', body, headers })).status;
}

const rowOf = (event: { id: string }) => api.orm.em.fork().findOne(InboxRow, { externalId: event.id });

test('webhooks are counted by what they were answered; a rise of those with a wrong signature is seen [R22.1]', async () => {
  const counted = async (outcome: string): Promise<number> => {
    const text = await api.metrics();
    const line = new RegExp(`perennial_webhooks_total{provider="stripe",outcome="${outcome}"} (\\d+)`);
    return Number(line.exec(text)?.[1] ?? 0);
  };
  const before = [await counted('received'), await counted('bad_signature')];

  await send(anEvent());
  await send(anEvent(), { secret: 'whsec_another' });

  expect([await counted('received'), await counted('bad_signature')]).toEqual(before.map((count) => count + 1));
});

describe('an event of Stripe [R22.1]', () => {
  test('is stored for its purchase with the bytes as they came, and wakes it', async () => {
    const event = anEvent();

    expect(await send(event)).toBe(200);

    const row = await rowOf(event);
    expect(row).toMatchObject({
      accountId: world.accountId,
      subjectId: purchaseId,
      class: 'fact',
      state: 'open',
      source: 'platform',
      kind: 'customer.subscription.updated',
      at: new Date(CREATED * 1000).toISOString(),
    });
    const { body } = await api.orm.em.fork().findOneOrFail(InboxBody, { inboxId: row!.id });
    expect(Buffer.from(body).toString()).toBe(JSON.stringify(event));
    // Wakes are batched for a moment: those of the test before may still come.
    const wakes = () => api.woken.filter(({ id }) => id === purchaseId);
    await eventually(() => wakes().length > 0);
    expect(wakes()).toEqual([{ what: 'wake', id: purchaseId }]);
  });

  test.each([
    ['no fields at all', () => null],
    ['a name that cannot be kept', () => anEvent({}, { id: 'evt_\0' })],
    ['a name that is too long', () => anEvent({}, { id: `evt_${'x'.repeat(300)}` })],
    ['no instant', () => anEvent({}, { created: 'now' })],
    ['an instant beyond all time', () => anEvent({}, { created: 1e20 })],
    ['nothing that it is about', () => anEvent({}, { data: null })],
    ['nothing in that', () => anEvent({}, { data: { object: null } })],
  ])('that is signed, but has %s, is refused and no fault of ours', async (_what, event) => {
    expect(await send(event())).toBe(400);
  });

  test('is found by its subscription where the metadata says nothing, or nonsense', async () => {
    const object = { object: 'subscription', id: `sub_${purchaseId}`, metadata: { purchaseId: uuid() } };
    const event = anEvent({}, { data: { object } });

    await send(event);

    expect(await rowOf(event)).toMatchObject({ subjectId: purchaseId, accountId: world.accountId });
  });

  test('that comes again is acknowledged and stored once', async () => {
    const event = anEvent();

    const statuses = await Promise.all(Array.from({ length: 10 }, () => send(event)));

    expect(statuses).toEqual(Array(10).fill(200));
    expect(await api.orm.em.fork().count(InboxRow, { externalId: event.id })).toBe(1);
  });

  test('many at once are all stored, and their purchase is woken once', async () => {
    const events = Array.from({ length: 60 }, () => anEvent());

    const statuses = await Promise.all(events.map((event) => send(event)));

    expect(statuses).toEqual(Array(60).fill(200));
    expect(await api.orm.em.fork().count(InboxRow, { subjectId: purchaseId })).toBe(60);
    await eventually(() => api.woken.length > 0);
    expect(api.woken.length).toBeLessThan(20);
  });

  test('with a bad character in its body is stored like any other', async () => {
    const event = anEvent({ purchaseId, note: 'a\u0000b' });

    expect(await send(event)).toBe(200);
    expect(await rowOf(event)).toMatchObject({ subjectId: purchaseId });
  });

  test('that Postgres cannot keep fails itself, and none of its neighbours', async () => {
    const store = createEventStore(api.orm);
    const arrived = (more: object = {}) => {
      const event = anEvent({ purchaseId }, more) as unknown as Stripe.Event;
      return toArrivedEvent(event, 'platform', Buffer.from(JSON.stringify(event)));
    };
    const bad = arrived({ id: 'evt_\0' });
    const good = Array.from({ length: 10 }, () => arrived());

    const [first, ...rest] = await Promise.allSettled([bad, ...good].map((event) => store.store(event)));

    expect(first).toMatchObject({ status: 'rejected' });
    expect(rest).toMatchObject(Array(10).fill({ status: 'fulfilled', value: { isNew: true } }));
  });

  test('of a kind that we do not act on is acknowledged and forgotten', async () => {
    const event = anEvent({ purchaseId }, { type: 'product.created' });

    expect(await send(event)).toBe(200);
    expect(await rowOf(event)).toBeNull();
  });
});

describe('what is no event of ours', () => {
  test.each([
    ['signed with another secret', { secret: 'whsec_other' }, {}, 400],
    ['older than five minutes', { agoSeconds: 301 }, {}, 400],
    ['of the other mode', {}, { livemode: true }, 400],
    ['at an endpoint that is not there', { endpoint: 'nobody' }, {}, 404],
  ])('%s is refused and not stored', async (_what, signed, more, expected) => {
    const event = anEvent({ purchaseId }, more);

    expect(await send(event, signed)).toBe(expected);
    expect(await rowOf(event)).toBeNull();
  });

  test('without any signature is refused', async () => {
    const { status } = await fetch(`${api.url}/webhooks/stripe/platform`, { method: 'POST', body: '{}' });

    expect(status).toBe(400);
  });
});
