import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { deleteExpired } from '../../../db/jobs/delete-expired.ts';
import { claimRequest, storeAnswer, type KeyedRequest } from '../../../db/inbox/idempotency.ts';
import { keepDeleting } from '../../../worker/keep-deleting.ts';
import { aWorld, type World } from '../../api/a-world.ts';
import { eventually } from '../../ground/eventually.ts';
import { orm, useOrm } from '../../ground/orm.ts';

const NOW = '2027-03-31T12:00:00.000Z';
let world: World;

useOrm();
beforeAll(async () => {
  world = await aWorld(orm, { mode: 'live' });
});
beforeEach(async () => {
  for (const table of [
    'inbox_bodies',
    'inbox',
    'idempotent_requests',
    'login_tokens',
    'login_tries',
    'sessions',
    'rate_limits',
  ])
    await sql(`delete from ${table}`);
});

const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> => orm.em.fork().execute<Row[]>(text, values);

/** Days before NOW. */
const ago = (days: number): string => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();

async function anEvent(name: string, state: string, doneAt: string | null, arrivedAt = ago(100)): Promise<void> {
  const id = uuid();
  await sql(
    `insert into inbox (id, class, kind, at, arrived_at, state, source, external_id, done_at)
     values (?, 'fact', 'invoice.paid', ?, ?, ?, 'acct_1', ?, ?)`,
    [id, arrivedAt, arrivedAt, state, name, doneAt],
  );
  await sql(`insert into inbox_bodies (inbox_id, arrived_at, body) values (?, ?, 'ada@example.com')`, [id, arrivedAt]);
}

const kept = async () =>
  (
    await sql<{ name: string }>('select external_id as name from inbox join inbox_bodies on inbox_id = id order by 1')
  ).map(({ name }) => name);

describe('the body of an event [R24.4]', () => {
  test('is deleted 35 days after it was done, and its id stays for deduplication', async () => {
    await anEvent('done 36 days ago', 'applied', ago(36));
    await anEvent('done 34 days ago', 'applied', ago(34));
    await anEvent('dead 36 days ago', 'dead', ago(36));

    expect(await deleteExpired(orm.em.fork(), NOW)).toMatchObject({ eventBodies: 2 });

    expect(await kept()).toEqual(['done 34 days ago']);
    expect(await sql('select 1 from inbox')).toHaveLength(3);
  });

  test('stays as long as the event is not done, and 35 days after it came if an older instant ended it', async () => {
    await anEvent('open', 'open', null);
    await anEvent('unmatched', 'unmatched', null);
    await anEvent('of a clock that stands in the past', 'applied', ago(400), ago(1));

    await deleteExpired(orm.em.fork(), NOW);

    expect(await kept()).toEqual(['of a clock that stands in the past', 'open', 'unmatched']);
  });
});

describe('a kept answer [R24.4]', () => {
  const request = (key: string): KeyedRequest => {
    return { accountId: world.accountId, space: 'account', caller: 'me', key, requestHash: 'hash' };
  };
  async function anAnswer(key: string, createdAt: string): Promise<void> {
    await claimRequest(orm.em.fork(), request(key), null);
    await storeAnswer(orm.em.fork(), request(key), { status: 201, body: { email: 'ada@example.com' } });
    await sql('update idempotent_requests set created_at = ? where key = ?', [createdAt, key]);
  }

  test('is deleted after 30 days; its key is not free again', async () => {
    await anAnswer('old', ago(31));
    await anAnswer('young', ago(29));

    await deleteExpired(orm.em.fork(), NOW);

    const claims = await Promise.all(['old', 'young'].map((key) => claimRequest(orm.em.fork(), request(key), null)));
    expect(claims).toMatchObject([{ kind: 'reused' }, { kind: 'known', body: { email: 'ada@example.com' } }]);
    expect(JSON.stringify(await sql(`select * from idempotent_requests where key = 'old'`))).not.toContain('ada@');
  });
});

test('links that log in and tries at it are deleted, used or not, when their time is over', async () => {
  for (const [hash, expiresAt] of [
    ['over', ago(8)],
    ['just over', ago(6)],
  ])
    await sql('insert into login_tokens values (?, ?, ?, ?, ?, null)', [
      hash,
      world.accountId,
      world.contactId,
      'login',
      expiresAt,
    ]);
  await sql('insert into login_tries values (?, 1, ?), (?, 1, ?)', ['old', ago(2), 'young', ago(0.5)]);

  expect(await deleteExpired(orm.em.fork(), NOW)).toMatchObject({ loginTokens: 1, loginTries: 1 });

  expect(await sql('select token_hash from login_tokens')).toEqual([{ token_hash: 'just over' }]);
  expect(await sql('select subject from login_tries')).toEqual([{ subject: 'young' }]);
});

test('sessions and what was counted to limit are deleted when they have ended, and not before', async () => {
  const [over, going] = [ago(0), ago(-1)];
  for (const [name, endsAt] of [
    ['over', over],
    ['going', going],
  ]) {
    await sql(
      'insert into sessions (token_hash, contact_id, by_link, created_at, expires_at) values (?, ?, false, ?, ?)',
      [name, world.contactId, ago(1), endsAt],
    );
    await sql('insert into rate_limits (subject, hits, window_ends_at) values (?, 1, ?)', [name, endsAt]);
  }

  expect(await deleteExpired(orm.em.fork(), NOW)).toMatchObject({ sessions: 1, rateLimits: 1 });

  expect(await sql('select token_hash from sessions')).toEqual([{ token_hash: 'going' }]);
  expect(await sql('select subject from rate_limits')).toEqual([{ subject: 'going' }]);
});

test('the worker does it by itself', async () => {
  await anEvent('long done', 'applied', '2020-01-31T09:00:00.000Z', '2020-01-31T09:00:00.000Z');

  const deleting = keepDeleting({ orm });
  await eventually(async () => (await kept()).length === 0);
  await deleting.stop();

  expect(await kept()).toEqual([]);
});
