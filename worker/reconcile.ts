import { setTimeout as pause } from 'node:timers/promises';
import {
  differencesIn,
  disputeDiffers,
  lookAgain,
  refundDiffers,
  refundOnlyHere,
  strayIn,
} from '../activities/gateways/differences.ts';
import { lookAtPurchase } from '../activities/gateways/look-at-purchase.ts';
import { StripeRefused, StripeUnavailable } from '../activities/gateways/stripe.ts';
import type { ReconciliationRun } from '../db/entities/reconciliation-run.ts';
import { connectedStripeAccounts } from '../db/inbox/event-cursors.ts';
import {
  APART_MS,
  endDifference,
  keepFound,
  lookLater,
  standingOf,
  toLookAt,
  type Found,
} from '../db/reconcile/differences.ts';
import { knownRefunds, otherRefunds } from '../db/reconcile/money-at-stripe.ts';
import { brokenBy, INVARIANT_KINDS } from '../db/reconcile/own-data.ts';
import {
  begunSince,
  countCompared,
  moveRun,
  nextCompared,
  runGoingOn,
  sellingAccounts,
  startRun,
} from '../db/reconcile/runs.ts';
import { log } from '../log.ts';
import { COMPARED_KINDS } from '../workflows/domain/compare.ts';
import { DAY_MS, fromMs, toMs, type Instant } from '../workflows/domain/instant.ts';
import type { WorkerDeps } from './deps.ts';

type EntityManager = WorkerDeps['orm']['em'];

type ReconcileDeps = Pick<WorkerDeps, 'orm' | 'gateway'>;

/**
 * How fast: `perSecond` purchases or pages of Stripe's lists, so that the reads stay far below
 * Stripe's limit of 25 a second in test mode and 100 live; `apartMs` between two looks at one
 * difference; `forMs`: as long as one go lasts.
 */
export type Pace = { perSecond: number; apartMs: number; forMs: number };

const PACE: Pace = { perSecond: 4, apartMs: APART_MS, forMs: 45_000 };

/** For how long refunds and disputes are looked through again. */
const BACK_MS = 40 * DAY_MS;
const AT_ONCE = 25;

/** One step of a run: where it goes on (null = it is over), and at how many things it looked. */
type Step = { position: string | null; checked: number };

/**
 * Compares every live or recently ended purchase with Stripe, and our data with itself, once a day
 * [R22.2]. What is seen twice some minutes apart is a difference. Safe at any time, and goes on
 * where it stopped.
 */
export async function reconcile(deps: ReconcileDeps, pace: Pace = PACE): Promise<null> {
  const em = deps.orm.em.fork();
  const until = Date.now() + pace.forMs;
  await startDueRuns(deps, fromMs(Date.now() - DAY_MS));
  if ((await lookAtDue(deps, pace).catch(unlessAway)) === 'away') return null;
  for (
    let current = await runGoingOn(em.fork());
    current && Date.now() < until;
    current = await runGoingOn(em.fork())
  ) {
    const step = await STEPS[current.kind](deps, current, pace).catch(unlessAway);
    if (step === 'away') return null;
    await moveRun(em, current.id, { ...step, now: realNow() });
    if (step.position === null) log.info({ runId: current.id, kind: current.kind }, 'reconciliation.ended');
  }
  return null;
}

/** While Stripe is away it is tried again later; a run that it refuses is over until tomorrow. */
function unlessAway(error: unknown): Step | 'away' {
  log.warn({ error }, 'reconciliation.failed');
  return error instanceof StripeRefused ? OVER : 'away';
}

const realNow = (): Instant => fromMs(Date.now());

/** Begins whatever was not begun since. Returns how many accounts there are. */
export async function startDueRuns({ orm }: Pick<ReconcileDeps, 'orm'>, since: Instant): Promise<number> {
  const em = orm.em.fork();
  const now = realNow();
  const [begun, accounts] = [await begunSince(em, 'purchases', since), await sellingAccounts(em)];
  for (const { id: accountId, clockAt } of accounts.filter(({ id }) => !begun.has(id)))
    await startRun(
      em,
      { kind: 'purchases', accountId, total: await countCompared(em, accountId, clockAt ?? now) },
      now,
    );
  const listed = await begunSince(em, 'stripe', since);
  const stripeAccounts = accounts.length === 0 ? [] : [null, ...(await connectedStripeAccounts(em))];
  for (const stripeAccount of stripeAccounts.filter((one) => !listed.has(one)))
    await startRun(em, { kind: 'stripe', stripeAccount }, now);
  const looked = await begunSince(em, 'own_data', since);
  if (looked.size === 0) await startRun(em, { kind: 'own_data' }, now);
  return accounts.length;
}

/** What was suspected some minutes ago, and what was to be mended: how it stands now. */
async function lookAtDue({ orm, gateway }: ReconcileDeps, pace: Pace): Promise<void> {
  const due = await toLookAt(orm.em.fork(), { now: realNow(), apartMs: pace.apartMs, limit: 200 });
  for (const difference of due) {
    const em = orm.em.fork();
    const found = await lookAgain(em, gateway, difference).catch(unlessUnreadable(difference.id));
    if (found === 'busy') await lookLater(em, difference.id, realNow());
    else if (found === null) await endDifference(em, difference.id, realNow());
    else await keepFound(em, found, realNow(), pace.apartMs);
    await pauseFor(pace);
  }
}

const pauseFor = ({ perSecond }: Pace): Promise<void> => pause(1000 / perSecond);

/**
 * One that cannot be looked at keeps no other waiting, as long as Stripe answers.
 * @throws StripeUnavailable
 */
const unlessUnreadable = (id: string) => (error: unknown) => {
  if (error instanceof StripeUnavailable) throw error;
  log.warn({ id, error }, 'reconciliation.unreadable');
  return 'busy' as const;
};

const STEPS: Record<
  ReconciliationRun['kind'],
  (deps: ReconcileDeps, run: ReconciliationRun, pace: Pace) => Promise<Step>
> = { purchases: comparePurchases, stripe: readLists, own_data: lookAtOwnData };

/** Some purchases of an account; a busy one is left to the next day. */
async function comparePurchases({ orm, gateway }: ReconcileDeps, run: ReconciliationRun, pace: Pace): Promise<Step> {
  const { accountId, position: after } = run;
  if (accountId === null) return OVER;
  const now = run.createdAt;
  const ids = await nextCompared(orm.em.fork(), { accountId, after, now, limit: AT_ONCE });
  for (const id of ids) {
    const em = orm.em.fork();
    const looked = await lookAtPurchase(em, gateway, id).catch(unlessUnreadable(id));
    if (looked && looked !== 'busy') await settle(em, id, await differencesIn(em, looked), pace);
    await pauseFor(pace);
  }
  return { position: ids.length < AT_ONCE ? null : (ids.at(-1) ?? null), checked: ids.length };
}

const OVER: Step = { position: null, checked: 0 };

async function settle(em: EntityManager, purchaseId: string, found: Found[], { apartMs }: Pace): Promise<void> {
  for (const one of found) await keepFound(em, one, realNow(), apartMs);
  const gone = (await standingOf(em, purchaseId, COMPARED_KINDS)).filter(
    ({ kind, objectId }) => !found.some((one) => one.kind === kind && one.objectId === objectId),
  );
  for (const { id } of gone) await endDifference(em, id, realNow());
}

/** `subscriptions:<after>`, then `refunds:` and `disputes:` of the last days. */
async function readLists(deps: ReconcileDeps, run: ReconciliationRun, pace: Pace): Promise<Step> {
  const [list = 'subscriptions', cursor = ''] = (run.position ?? 'subscriptions:').split(':');
  const after = cursor === '' ? null : cursor;
  await pauseFor(pace);
  const page = await LISTS[list as keyof typeof LISTS](deps, run, after);
  const lists = Object.keys(LISTS);
  const next = lists[lists.indexOf(list) + 1];
  const position = page.after !== null ? `${list}:${page.after}` : next === undefined ? null : `${next}:`;
  return { position, checked: page.checked };
}

type Listed = { after: string | null; checked: number };

const LISTS = {
  async subscriptions({ orm, gateway }: ReconcileDeps, { stripeAccount }: ReconciliationRun, after: string | null) {
    const page = await gateway.liveSubscriptions(after, stripeAccount);
    for (const subscription of page.found) await keep(orm, await strayIn(orm.em.fork(), subscription, stripeAccount));
    return { after: page.after, checked: page.found.length };
  },
  async refunds({ orm, gateway }: ReconcileDeps, run: ReconciliationRun, after: string | null): Promise<Listed> {
    const { stripeAccount } = run;
    const em = orm.em.fork();
    const page = await gateway.refundsSince({ since: listedSince(run), after }, stripeAccount);
    const ids = page.found.map(({ objectId }) => objectId);
    const known = await knownRefunds(em, stripeAccount, ids);
    for (const refund of page.found)
      await keep(orm, await refundDiffers(em, gateway, { refund, known: known.get(refund.objectId) }, stripeAccount));
    for (const missing of await missingOf(em, stripeAccount, page.found)) await keep(orm, refundOnlyHere(missing));
    return { after: page.after, checked: ids.length };
  },
  async disputes({ orm, gateway }: ReconcileDeps, run: ReconciliationRun, after: string | null): Promise<Listed> {
    const { stripeAccount } = run;
    const page = await gateway.disputesSince({ since: listedSince(run), after }, stripeAccount);
    for (const dispute of page.found)
      await keep(orm, await disputeDiffers(orm.em.fork(), gateway, dispute, stripeAccount));
    return { after: page.after, checked: page.found.length };
  },
};

const listedSince = ({ createdAt }: ReconciliationRun): Instant => fromMs(toMs(createdAt) - BACK_MS);

/** Ours between the oldest and the newest of a page that the page does not have. */
async function missingOf(
  em: EntityManager,
  stripeAccount: string | null,
  found: { objectId: string; createdAt: Instant }[],
) {
  const times = found.map(({ createdAt }) => createdAt).sort();
  const [from, to] = [times.at(0), times.at(-1)];
  if (from === undefined || to === undefined || from === to) return [];
  const inside = fromMs(toMs(from) + 1000);
  return otherRefunds(em, { stripeAccount, from: inside, to, ids: found.map(({ objectId }) => objectId) });
}

const keep = async (orm: WorkerDeps['orm'], found: Found | null): Promise<unknown> =>
  found && keepFound(orm.em.fork(), found, realNow());

async function lookAtOwnData({ orm }: ReconcileDeps): Promise<Step> {
  let checked = 0;
  for (const kind of INVARIANT_KINDS) {
    const found = await brokenBy(orm.em.fork(), kind);
    for (const one of found) await keep(orm, one);
    checked += found.length;
  }
  return { position: null, checked };
}
