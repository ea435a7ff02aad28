import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { register } from 'prom-client';
import { v7 as uuid } from 'uuid';
import { LAG_NAMES, readLags, type LagName } from '../../db/jobs/lags.ts';
import { openOrm } from '../../db/orm.ts';
import { lagMetrics } from '../../worker/lag-metrics.ts';
import { aPurchase, aWorld, type World } from '../api/a-world.ts';
import { aContact } from '../builders/rows.ts';
import { databaseUrl, orm, useOrm } from '../ground/orm.ts';

const HOUR = 3600;
let live: World;
let simulated: World;

useOrm();
beforeAll(async () => {
  live = await aWorld(orm, { mode: 'live' });
  simulated = await aWorld(orm);
  await sql(`update accounts set clock_at = now() - interval '1 year' where id = ?`, [simulated.accountId]);
});
beforeEach(async () => {
  for (const table of [
    'attentions',
    'purchases',
    'emails',
    'inbox',
    'worker_jobs',
    'event_cursors',
    'stripe_connections',
  ])
    await sql(`truncate ${table} cascade`);
});

const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> => orm.em.fork().execute<Row[]>(text, values);

/** What is behind: how many wait, and for how many whole hours the first does. */
async function behind(): Promise<Partial<Record<LagName, [waiting: number | null, hours: number]>>> {
  const { lags } = await readLags(orm.em.fork());
  const found = lags.filter(({ since }) => since !== null);
  return Object.fromEntries(found.map(({ name, waiting, seconds }) => [name, [waiting, Math.floor(seconds / HOUR)]]));
}

const aRow = (hours: number, state: string, wakesIn = '1 day') =>
  sql(
    `insert into inbox (id, class, kind, at, arrived_at, state, wake_at) values
      (?, 'fact', 'invoice.paid', now(), now() - ? * interval '1 hour', ?, now() + ?::interval)`,
    [uuid(), hours, state, wakesIn],
  );

const anEmail = ({ accountId, contactId }: World, hours: number, state = 'queued') =>
  sql(
    `insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, data, is_welcome, state, due_at, wake_at)
     values (?, ?, 'welcome', ?, 0, 'contact', ?, '{}', false, ?, now() - ? * interval '1 hour', now() + interval '1 day')`,
    [uuid(), accountId, uuid(), contactId, state, hours],
  );

const due = async (world: World, hours: number): Promise<string> => {
  const contactId = await aContact(orm.em.fork(), world.accountId);
  const purchaseId = await aPurchase(orm, { ...world, contactId });
  await sql(`update purchases set own_due_at = now() - ? * interval '1 hour' where id = ?`, [hours, purchaseId]);
  return purchaseId;
};

describe('a lag is how long the first of what waits has waited', () => {
  test('in the inbox', async () => {
    for (const [hours, state] of [
      [2, 'open'],
      [3, 'open'],
      [9, 'applied'],
    ] as const)
      await aRow(hours, state);

    expect(await behind()).toEqual({ inbox: [2, 3] });
  });

  test('of wakes that no worker has made', async () => {
    await aRow(0, 'unmatched', '-2 hours');
    await aRow(0, 'unmatched', '1 hour');

    expect(await behind()).toEqual({ wakes: [1, 2] });
  });

  test('of emails that are due', async () => {
    for (const [hours, state] of [
      [4, 'queued'],
      [-4, 'queued'],
      [9, 'sent'],
    ] as const)
      await anEmail(live, hours, state);

    expect(await behind()).toEqual({ mail: [1, 4] });
  });

  test('of purchases whose instant has passed, unless Stripe or a person is waited for', async () => {
    await due(live, 5);
    const [asked, stuck] = [await due(live, 7), await due(live, 8)];
    await sql('update purchases set has_pending = true where id = ?', [asked]);
    await sql('update purchases set needs_attention = true where id = ?', [stuck]);

    expect(await behind()).toMatchObject({ timers: [1, 5] });
  });

  test('of Stripe’s lists of events, but not of an account that was disconnected', async () => {
    await sql(
      `insert into event_cursors (source, read_at) values ('platform', now() - interval '2 hours'), ('acct_gone', now() - interval '9 days')`,
    );
    await sql(
      `insert into stripe_connections (stripe_account, account_id, kind, is_livemode, actor, connected_at, disconnected_at)
       values ('acct_gone', ?, 'key', true, '{}', now(), now())`,
      [live.accountId],
    );

    expect(await behind()).toEqual({ stripeEvents: [null, 2] });
  });

  test('of the comparison with Stripe: the account that waits longest, and a run that goes on is none', async () => {
    await aPurchase(orm, live);
    const run = (hours: number, ended: string | null) =>
      sql(
        `insert into reconciliation_runs (id, kind, account_id, created_at, ended_at)
         values (?, 'purchases', ?, now() - ? * interval '1 hour', ?)`,
        [uuid(), live.accountId, hours, ended],
      );
    await run(40, new Date().toISOString());
    await run(30, new Date().toISOString());
    await run(1, null);

    expect(await behind()).toEqual({ reconciliation: [0, 30] });
  });

  test('of decisions of a person', async () => {
    const purchaseId = await aPurchase(orm, live);
    await sql(
      `insert into attentions (purchase_id, id, account_id, reason, since) values (?, 'a:1', ?, 'restored', now() - interval '26 hours')`,
      [purchaseId, live.accountId],
    );

    expect(await behind()).toMatchObject({ attentions: [1, 26] });
  });
});

test('what is due by the clock of a test account is no lag', async () => {
  await due(simulated, 5);
  await anEmail(simulated, 5);

  const { timers, mail } = await behind();

  expect([timers, mail]).toEqual([undefined, undefined]);
});

describe('what Prometheus is told', () => {
  const told = async (): Promise<string[]> =>
    (await register.metrics()).split('\n').filter((line) => /^perennial_/.test(line));

  test('is read anew each time, and an old figure is not told once Postgres is away', async () => {
    const away = await openOrm({ url: databaseUrl, poolSize: 1 });
    let isReachable = true;
    const read = lagMetrics({ orm: away, wakes: { isReachable: async () => isReachable } as never });
    await sql(`insert into worker_jobs (name, due_at) values ('reconcile', now() - interval '1 hour')`);
    await aRow(2, 'open');

    await read();
    const before = await told();
    await away.close();
    isReachable = false;
    await read();
    const after = await told();

    expect(before).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^perennial_lag_seconds\{of="inbox"\} 72\d\d\./),
        'perennial_lag_limit_seconds{of="inbox"} 300',
        'perennial_waiting{of="inbox"} 1',
        expect.stringMatching(/^perennial_job_lag_seconds\{name="reconcile"\} 36\d\d\./),
        'perennial_postgres_up 1',
        'perennial_temporal_up 1',
      ]),
    );
    expect(after).toEqual([
      ...LAG_NAMES.map((name) => expect.stringMatching(`^perennial_lag_limit_seconds\\{of="${name}"\\}`) as unknown),
      'perennial_job_lag_limit_seconds 300',
      'perennial_postgres_up 0',
      'perennial_temporal_up 0',
    ]);
  });
});
