import { expect, test } from '@jest/globals';
import { COUNTED_TO } from '../../db/counts.ts';
import { api, owner, world, useApi } from './use-api.ts';

useApi();

const get = async (path: string): Promise<unknown> => (await owner.get(path)).body;

/** So many contacts, and as many events and commands that have come to an end. */
const EVERYTHING = [
  `insert into contacts (id, account_id, email, created_at)
   select uuidv7(), :account, 'p' || n || '@many.test', now() from generate_series(1, :rows) n`,
  `insert into inbox (id, account_id, class, kind, at, state)
   select uuidv7(), :account, class, 'pause', now(), 'applied' from generate_series(1, :rows), (values ('command'), ('fact')) c(class)`,
  `insert into inbox (id, account_id, class, kind, at, state)
   select uuidv7(), :account, 'fact', 'refund', now(), state
   from generate_series(1, :rows / 2), (values ('failed'), ('refused')) s(state)`,
];

async function rows(count: number): Promise<void> {
  for (const statement of EVERYTHING)
    await api.orm.em
      .fork()
      .execute(statement.replaceAll(':account', `'${world.accountId}'::uuid`).replaceAll(':rows', String(count)));
}

const webhooks = { pending: 0, no_change: 0, unmatched: 0, dead: 0 };
const commands = { pending: 0, refused: 0, failed: 0 };

test('rows are counted exactly up to the bound', async () => {
  await rows(COUNTED_TO);
  const count = COUNTED_TO;

  expect(await get('/v1/contacts/count?q=many')).toEqual({ count, isOver: false });
  expect(await get('/v1/webhooks/counts')).toEqual({ ...webhooks, applied: count, failed: count, over: [] });
  expect(await get('/v1/commands/counts')).toEqual({ ...commands, applied: count, over: [] });
  expect(await get('/v1/overview')).toMatchObject({ attention: { webhooksFailed: count, over: [] } });
});

test('of more it is said that there are more; the default segments are exact all the same [R3.7]', async () => {
  await rows(COUNTED_TO + 2);
  const count = COUNTED_TO;

  expect(await get('/v1/contacts/count?q=many')).toEqual({ count, isOver: true });
  expect(await get('/v1/contacts/count?q=p9999@')).toEqual({ count: 1, isOver: false });
  expect(await get('/v1/contacts/count')).toEqual({ count: count + 3, isOver: false });
  expect(await get('/v1/contacts/count?segment=customers')).toEqual({ count: 0, isOver: false });
  expect(await get('/v1/contacts/counts')).toEqual({ all: count + 3, customers: 0, subscribed: 0 });
  const over = { applied: count, failed: count, over: ['applied', 'failed'] };
  expect(await get('/v1/webhooks/counts')).toEqual({ ...webhooks, ...over });
  expect(await get('/v1/webhooks/counts?kind=pause')).toEqual({ ...webhooks, ...over, failed: 0, over: ['applied'] });
  expect(await get('/v1/commands/counts')).toEqual({ ...commands, applied: count, over: ['applied'] });
  expect(await get('/v1/overview')).toMatchObject({ attention: { webhooksFailed: count, over: ['webhooksFailed'] } });
});
