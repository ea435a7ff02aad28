import { expect, test } from '@jest/globals';
import { purchaseWorkflowId } from '../../workflows/ids.ts';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from './a-site.ts';
import { town, useTown } from './use-town.ts';

useTown();

const sql = <Row extends object>(text: string, values: unknown[]): Promise<Row[]> =>
  town.deps.orm.em.fork().execute<Row[]>(text, values);

type Arrived = { kind: string; state: string };

/** What Stripe has told since, once all of it has ended. */
const toldSince = (site: Site, seq: number): Promise<Arrived[]> =>
  eventually(async () => {
    const rows = await sql<Arrived>(
      `select kind, state from inbox where account_id = ? and class = 'fact' and seq > ? order by seq`,
      [site.accountId, seq],
    );
    return rows.length > 0 && rows.every(({ state }) => state !== 'open') && rows;
  });

async function newest(site: Site): Promise<number> {
  const [row] = await sql<{ seq: string }>('select max(seq) as seq from inbox where account_id = ?', [site.accountId]);
  return Number(row?.seq);
}

async function wakesOf(purchaseId: string): Promise<number> {
  const { events } = await town.deps.temporal.client.workflow.getHandle(purchaseWorkflowId(purchaseId)).fetchHistory();
  return (events ?? []).filter((one) => one.workflowExecutionSignaledEventAttributes).length;
}

test('what Stripe tells of our own writes ends without a wake, and is kept as nothing new', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());
  const [before, wakes] = [await newest(site), await wakesOf(id)];

  await site.ask(id, 'pause');

  expect(await toldSince(site, before)).toEqual([{ kind: 'customer.subscription.updated', state: 'no_change' }]);
  expect(await wakesOf(id)).toBe(wakes);
});

test('a change that others make at Stripe is heard, though the object still names our command', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());
  await site.ask(id, 'pause');
  const { subscriptions } = town.sandbox.stripe;
  const before = await newest(site);

  await subscriptions.update(await site.subscriptionOf(id), { pause_collection: '' });

  expect(await toldSince(site, before)).toEqual([{ kind: 'customer.subscription.updated', state: 'applied' }]);
  await eventually(async () => (await site.read(id)).billingStatus === 'active');
});

test('what is older than something heard without a wake is not applied after it', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer());
  await site.moveTo('2027-02-10T09:00:00.000Z');
  const { subscriptions } = town.sandbox.stripe;
  const subscriptionId = await site.subscriptionOf(id);
  const before = await newest(site);

  await subscriptions.update(subscriptionId, { metadata: { note: 'nothing of ours' } });

  const told = await toldSince(site, before);
  const [row] = await sql<{ heard_at: string | null; as_of: string }>(
    `select heard_at, snapshot -> 'stripe' ->> 'asOf' as as_of from purchases where id = ?`,
    [id],
  );
  expect(told).toEqual([{ kind: 'customer.subscription.updated', state: 'no_change' }]);
  expect(new Date(row?.heard_at ?? 0).toISOString()).toBe('2027-02-10T09:00:00.000Z');
  expect(row?.as_of).toBe('2027-01-31T09:00:00.000Z');

  await site.ask(id, 'revoke', {});
  const [after] = await sql<{ as_of: string }>(
    `select snapshot -> 'stripe' ->> 'asOf' as as_of from purchases where id = ?`,
    [id],
  );
  expect(after?.as_of).toBe('2027-02-10T09:00:00.000Z');
});
