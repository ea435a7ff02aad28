import { expect, test } from '@jest/globals';
import { StripeUnavailable } from '../../activities/gateways/stripe.ts';
import { reconcile, startDueRuns } from '../../worker/reconcile.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { aSite } from './a-site.ts';
import { compareNow, FAST } from './compare-now.ts';
import { town, useTown } from './use-town.ts';

useTown();

const sql = <Row extends object>(text: string, params: unknown[] = []): Promise<Row[]> =>
  town.deps.orm.em.fork().execute<Row[]>(text, params);

const COPIES = 60;

/** As if many had bought it; Stripe answers for all of them with the one that was bought. */
async function copied(id: string): Promise<void> {
  const columns = await sql<{ names: string }>(
    `select string_agg(column_name, ', ') as names from information_schema.columns
     where table_name = 'purchases' and is_generated = 'NEVER'`,
  );
  const { names } = columns[0]!;
  await sql(
    `with copy as (select (jsonb_populate_record(p, jsonb_build_object('id', n.id, 'stripe_subscription_id', 'sub_' || n.id, 'duplicate_of', p.id,
         'snapshot', p.snapshot || jsonb_build_object('purchaseId', n.id)))).*
       from purchases p, (select gen_random_uuid() as id from generate_series(1, ?)) n where p.id = ?)
     insert into purchases (${names}) select ${names} from copy`,
    [COPIES, id],
  );
}

test('a run goes on where it stopped, and looks at each purchase once [R22.2]', async () => {
  const site = await aSite(town);
  const id = await site.buy(await site.offer({ refundWindowDays: 0 }));
  await copied(id);
  let [reads, left] = [0, 40];
  const { gateway } = town.deps;
  const counting: typeof gateway = {
    ...gateway,
    async readSubscription(subscriptionId, account) {
      if (left-- === 0) throw new StripeUnavailable('connection');
      reads += 1;
      return gateway.readSubscription(subscriptionId, account);
    },
  };
  const deps = { ...town.deps, gateway: counting };
  const runOf = async () => {
    const { run } = await site.must<{ run: { checked: number; total: number; endedAt: string | null } }>(
      site.owner.get('/v1/reconciliation'),
    );
    return run;
  };

  await startDueRuns(deps, fromMs(Date.now()));
  await reconcile(deps, FAST);
  expect(await runOf()).toMatchObject({ checked: 25, total: COPIES + 1, endedAt: null });

  left = Infinity;
  await reconcile(deps, FAST);
  expect(await runOf()).toMatchObject({ checked: COPIES + 1, endedAt: expect.any(String) });
  expect(reads).toBe(COPIES + 1 + 15);
});

test('each thing that must never be is found in our own data', async () => {
  const site = await aSite(town);
  const [paused, ended, repaid] = [
    await site.buy(await site.offer()),
    await site.buy(await site.offer()),
    await site.buy(await site.offer()),
  ];
  await site.ask(paused, 'pause');
  await site.ask(ended, 'cancel', { when: 'now' });
  const { id: paymentId } = (await site.read(repaid)).payments[0]!;
  await site.ask(repaid, 'refund', { paymentId, amountMinor: 2_900, reason: 'Asked' });
  await sql(
    `update payments set paid_at = paid_at + interval '40 days', period_start = period_start + interval '40 days' where purchase_id = ?`,
    [paused],
  );
  await sql(`update purchases set access_status = 'full' where id = ?`, [ended]);
  await sql(`update refunds set amount_minor = amount_minor - 1 where purchase_id = ?`, [repaid]);
  const listed = async () => {
    const { data } = await site.must<{ data: { id: string; kind: string; repair: string }[] }>(
      site.owner.get('/v1/reconciliation/differences?state=open'),
    );
    return data.filter(({ kind }) => kind !== 'refund_differs');
  };

  await compareNow(town);
  await compareNow(town);

  expect((await listed()).map(({ kind, repair }) => `${kind} ${repair}`).sort()).toEqual([
    'charged_while_paused none',
    'open_after_end rewrite',
    'over_refunded none',
  ]);
  const open = (await listed()).find(({ kind }) => kind === 'open_after_end')!;
  await site.must(site.owner.post(`/v1/reconciliation/differences/${open.id}/repair`, {}), 202);
  expect(await site.read(ended)).toMatchObject({ accessStatus: 'none' });
});
