import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { acceptCommandOnce } from '../../db/inbox/accept-command.ts';
import { migrate } from '../../db/migrate.ts';
import { revive } from '../../worker/revive.ts';
import { aKey } from '../api/a-world.ts';
import { aDumpOf, DUMPED_VERSIONS } from '../ground/dumps.ts';
import { eventually } from '../ground/eventually.ts';
import { OPERATOR } from '../ground/shop.ts';
import { aTown, type Town } from '../journeys/a-town.ts';

type Row = {
  id: string;
  account_id: string;
  started_at: Date | null;
  billing_status: string;
  access_status: string;
  epoch: number;
  has_pending: boolean;
};

describe.each(DUMPED_VERSIONS)('a dump of %s', (version) => {
  let town: Town;
  let before: Row[];
  const sql = <T extends object>(text: string, values: unknown[] = []) =>
    town.deps.orm.em.fork().execute<T[]>(text, values);
  const rows = () =>
    sql<Row>(
      `select id, account_id, started_at, billing_status, access_status, epoch, has_pending from purchases order by id`,
    );

  beforeAll(async () => {
    const database = await aDumpOf(version);
    await migrate(database.url);
    town = await aTown({ database });
    before = await rows();
    await revive(town.deps);
  }, 120_000);
  afterAll(() => town.close());

  test('holds purchases in many states, a verb under way and things that need attention', () => {
    const states = new Set(before.map(({ billing_status, access_status }) => `${billing_status} ${access_status}`));

    expect(states.size).toBeGreaterThanOrEqual(6);
    expect(before.filter(({ has_pending }) => has_pending)).toHaveLength(1);
  });

  test('migrates up, and each purchase is read over the API as it stood', async () => {
    const started = before.filter(({ started_at, has_pending }) => started_at && !has_pending);
    const [accountId] = new Set(started.map(({ account_id }) => account_id));
    const client = town.client(await aKey(town.deps.orm.em.fork(), accountId!, 'owner'));

    const read = await Promise.all(started.map(({ id }) => client.get(`/v1/purchases/${id}`)));

    expect(read).toMatchObject(
      started.map(({ billing_status: billingStatus, access_status: accessStatus }) => ({
        status: 200,
        body: { billingStatus, accessStatus },
      })),
    );
  });

  test('its emails know the record that caused them and the entry that they tell of, as their keys had it', async () => {
    const [emails] = await sql<{ known: number; nameless: number }>(
      `select count(t.id)::int as known, count(*) filter (where t.id is null)::int as nameless
       from emails e left join timeline t on t.id = e.timeline_id and t.revision = e.revision and t.purchase_id = e.purchase_id
       where split_part(e.record_key, ':', 2) <> '0'`,
    );

    expect(emails).toEqual({ known: expect.any(Number), nameless: 0 });
    expect(emails!.known).toBeGreaterThan(10);
  });

  test('goes on: each purchase is claimed and answers a verb, and what waited for Stripe is answered too', async () => {
    const asked = await Promise.all(before.map(revoke));

    const ends = await eventually(async () => {
      const found = await sql<{ state: string }>(`select state from inbox where id = any(?::uuid[])`, [
        `{${asked.join()}}`,
      ]);
      return found.every(({ state }) => state !== 'open') && found;
    }, 60_000);
    const after = await rows();

    expect(new Set(ends.map(({ state }) => state))).toEqual(new Set(['applied', 'refused']));
    expect(after.filter(({ epoch }, index) => epoch <= before[index]!.epoch)).toEqual([]);
    expect(after.filter(({ access_status }) => access_status !== 'none')).toEqual([]);
    await eventually(async () => (await sql(`select 1 from inbox where state = 'open'`)).length === 0, 60_000);
  }, 120_000);

  async function revoke({ id: purchaseId, account_id: accountId }: Row): Promise<string> {
    const commandId = uuid();
    await acceptCommandOnce(
      town.deps.orm.em.fork(),
      {
        commandId,
        accountId,
        purchaseId,
        name: 'revoke',
        input: { productIds: null },
        actor: { kind: 'operator', id: OPERATOR, role: 'operator' },
        askedAt: '2027-05-30T21:00:00.000Z',
        planHash: null,
        expectedVersion: null,
        reason: null,
        feedback: null,
      },
      null,
    );
    await town.deps.wakes.look(purchaseId, { kind: 'revoke', rowId: commandId });
    return commandId;
  }
});
