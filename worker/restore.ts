import type { Contents } from '../db/backup/contents.ts';
import { loadBackup } from '../db/backup/load-backup.ts';
import { settleRestored, type Settled } from '../db/backup/settle-restored.ts';
import { testAccountsWithClocks } from '../db/backup/stripe-side.ts';
import { askForReads, connectedStripeAccounts } from '../db/inbox/event-cursors.ts';
import { startClock } from '../db/clock/test-clock.ts';
import { openOrm } from '../db/orm.ts';
import { allowRows, roleOf } from '../db/process-role.ts';
import { pullEvents } from '../activities/clock/pull-events.ts';
import { fromMs, toMs } from '../workflows/domain/instant.ts';
import { listedSince } from './back-fill.ts';
import type { WorkerDeps } from './deps.ts';
import { revive } from './revive.ts';
import { query, sql } from '../db/sql.ts';

/** An event may stand in Stripe's list later than its instant. */
const OVERLAP_MS = 60 * 60 * 1000;

/** `ownerUrl`: as the role that owns the tables; by default the one that the processes use. */
export type RestoreWish = { url: string; ownerUrl?: string | undefined; file: string; isToReplace: boolean };
/**
 * `events`: that were new; `reads`: live purchases that were asked to read Stripe, since its list
 * of events does not go back so far.
 */
export type Restored = Settled & { madeAt: string; events: number; reads: number; revived: number | null };

/**
 * Makes the database what a backup says, and then what Stripe has said since. Of what the copy was
 * about to do nothing is done by itself.
 * @throws where there is something that would be lost, unless it is to be replaced
 */
export async function restore(
  deps: WorkerDeps,
  { url, ownerUrl = url, file, isToReplace }: RestoreWish,
): Promise<Restored> {
  if (!isToReplace && (await isInUse(deps)))
    throw new Error('this database holds accounts: nothing was restored. With --replace all of it would be lost');
  const orm = await openOrm({ url: ownerUrl, poolSize: 3, isQuiet: true });
  try {
    const work = async (tx: Parameters<typeof settleRestored>[0], { madeAt }: Contents) => ({
      madeAt,
      ...(await settleRestored(tx)),
    });
    const settled = await loadBackup(orm, file, work);
    const role = roleOf(url);
    if (role && role.name !== roleOf(ownerUrl)?.name) await allowRows(orm, role);
    await followClocks(deps);
    const heard = await hearSince(deps, settled.madeAt);
    const revived = (await deps.wakes.isReachable()) ? (await revive(deps)).revived : null;
    return { ...settled, ...heard, revived };
  } finally {
    await orm.close();
  }
}

/** Also true where there is no schema yet to ask. */
async function isInUse({ orm }: WorkerDeps): Promise<boolean> {
  const [row] = await query<{ is_there: boolean }>(
    orm.em.fork(),
    sql`select to_regclass('accounts') is not null as is_there`,
  );
  if (!row?.is_there) return false;
  return (await query<unknown>(orm.em.fork(), sql`select 1 from accounts limit 1`)).length > 0;
}

/** Stripe's test clocks cannot go back: the account's own follows them to where they stand. */
async function followClocks(deps: WorkerDeps): Promise<void> {
  const em = deps.orm.em.fork();
  for (const { accountId, clocks } of await testAccountsWithClocks(em)) {
    const states = await Promise.all(
      clocks.map(({ clockId, stripeAccount }) => deps.gateway.readClock(clockId, stripeAccount)),
    );
    const furthest = states
      .map(({ frozenAt }) => frozenAt)
      .toSorted()
      .at(-1);
    if (furthest && (await startClock(em, accountId, furthest))) await deps.wakes.moveClock(accountId, furthest);
  }
}

/**
 * What Stripe has told since the copy was taken, in every Stripe account in use; of a time that it
 * lists no more each purchase has to be read.
 */
async function hearSince(deps: WorkerDeps, madeAt: string): Promise<Pick<Restored, 'events' | 'reads'>> {
  const since = fromMs(toMs(madeAt) - OVERLAP_MS);
  const now = fromMs(Date.now());
  const heard = { events: 0, reads: 0 };
  const em = deps.orm.em.fork();
  for (const stripeAccount of [null, ...(await connectedStripeAccounts(em))]) {
    heard.events += await pullEvents(deps, { since, until: null }, stripeAccount);
    if (since < listedSince(now)) heard.reads += await askForReads(em, stripeAccount, now.slice(0, 10));
  }
  return heard;
}
