import { expect, test } from '@jest/globals';
import { createEventStore, type ArrivedEvent, type EventStore } from '../../../db/inbox/store-events.ts';
import { query, sql } from '../../../db/sql.ts';
import { orm, useOrm } from '../../ground/orm.ts';

useOrm();

const anEvent = (externalId: string, changes: Partial<ArrivedEvent> = {}): ArrivedEvent => ({
  source: 'platform',
  externalId,
  kind: 'invoice.paid',
  at: '2027-01-31T09:00:00.000Z',
  isLivemode: false,
  refs: [],
  pointsAt: null,
  customerId: null,
  names: [],
  body: Buffer.from(`{"id":"${externalId}"}`),
  ...changes,
});

const storeAll = (store: EventStore, events: ArrivedEvent[]) => Promise.all(events.map((event) => store.store(event)));

async function bodiesOf(start: string): Promise<Record<string, string>> {
  const rows = await query<{ external_id: string; body: Buffer }>(
    orm.em.fork(),
    sql`select external_id, body from inbox join inbox_bodies on inbox_id = id where external_id like ${`${start}%`}`,
  );
  return Object.fromEntries(rows.map(({ external_id, body }) => [external_id, body.toString('latin1')]));
}

test('each of many that arrive together keeps its own bytes, of whatever length and kind', async () => {
  const events = Array.from({ length: 600 }, (_, index) =>
    anEvent(`evt_many_${index}`, { body: Buffer.alloc((index * 37) % 900, 200 + (index % 50)) }),
  );

  const stored = await storeAll(createEventStore(orm), events);

  expect(stored.every(({ isNew }) => isNew)).toBe(true);
  expect(await bodiesOf('evt_many_')).toEqual(
    Object.fromEntries(events.map(({ externalId, body }) => [externalId, body.toString('latin1')])),
  );
});

test('the same events at two processes in opposite orders are kept once each, and acknowledged by both', async () => {
  const [one, other] = [createEventStore(orm), createEventStore(orm)];

  for (let round = 0; round < 10; round += 1) {
    const events = Array.from({ length: 100 }, (_, index) => anEvent(`evt_twice_${round}_${index}`));
    const both = await Promise.all([storeAll(one, events), storeAll(other, events.toReversed())]);
    expect(both.flat().filter(({ isNew }) => isNew)).toHaveLength(100);
  }

  expect(Object.keys(await bodiesOf('evt_twice_'))).toHaveLength(1_000);
}, 60_000);

test('an event that Postgres refuses refuses no other, and the next ones are stored as ever', async () => {
  const store = createEventStore(orm);
  const refused = anEvent('evt_bad', { kind: 'a zero byte: \0' });

  const outcomes = await Promise.allSettled([
    ...storeAllOf(store, 'a'),
    store.store(refused),
    ...storeAllOf(store, 'b'),
  ]);

  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect((await store.store(anEvent('evt_after'))).isNew).toBe(true);
});

const storeAllOf = (store: EventStore, name: string) =>
  [1, 2, 3].map((index) => store.store(anEvent(`evt_beside_${name}${index}`)));
