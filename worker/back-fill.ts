import { pullEvents } from '../activities/clock/pull-events.ts';
import { PLATFORM } from '../activities/gateways/stripe.ts';
import { matchEvents } from '../activities/inbox/match-events.ts';
import {
  askForReads,
  connectedStripeAccounts,
  cursorOf,
  firstAccountAt,
  moveCursor,
} from '../db/inbox/event-cursors.ts';
import { noteMissed } from '../db/inbox/event-types.ts';
import type { EventStore } from '../db/inbox/store-events.ts';
import { log } from '../log.ts';
import { earliest, fromMs, toMs, type Instant } from '../workflows/domain/instant.ts';
import type { WorkerDeps } from './deps.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Events appear in the list a little after their instant, and not in its order. */
const OVERLAP_MS = HOUR_MS;
/**
 * A list comes with its newest first: what is read at once is held in memory until its oldest is
 * there.
 */
const SPAN_MS = 6 * HOUR_MS;
/** Stripe lists 30 days; the hours are for reading them. */
const LISTED_MS = 30 * 24 * HOUR_MS - 6 * HOUR_MS;

/** From when on Stripe still lists every event. */
export const listedSince = (now: Instant): Instant => fromMs(toMs(now) - LISTED_MS);

/**
 * Stripe's clock and ours differ by less; test clocks that are ahead of it are heard by whoever
 * moves them.
 */
const CLOCKS_DIFFER_MS = HOUR_MS;
/** For so long a webhook may be on its way. */
const UNDER_WAY_MS = 60_000;
const ACCOUNTS_AT_ONCE = 4;

type BackFillDeps = Pick<WorkerDeps, 'orm' | 'gateway' | 'events' | 'wakes'>;

/** `since`: from there at the latest; null = from where the last one ended. */
export type Wish = { since: Instant | null; now: Instant };

/**
 * Events that were new; live purchases that were asked to read Stripe; Stripe accounts, and how
 * many of them could not be read.
 */
export type BackFilled = { events: number; reads: number; accounts: number; failed: number };

/**
 * Fetches what Stripe has told and we have not heard, in every Stripe account in use [R22.2]. Safe
 * at any time.
 */
export async function backFill(deps: BackFillDeps, wish: Wish): Promise<BackFilled> {
  const accounts = [null, ...(await connectedStripeAccounts(deps.orm.em.fork()))];
  const total: BackFilled = { events: 0, reads: 0, accounts: accounts.length, failed: 0 };
  for (let first = 0; first < accounts.length; first += ACCOUNTS_AT_ONCE) {
    await Promise.all(
      accounts.slice(first, first + ACCOUNTS_AT_ONCE).map(async (stripeAccount) => {
        try {
          await backFillAccount(deps, stripeAccount, wish, total);
        } catch (error) {
          total.failed += 1;
          log.warn({ stripeAccount, error }, 'back_fill.failed');
        }
      }),
    );
  }
  if (total.events > 0) await matchEvents(deps);
  if (total.events + total.reads > 0) log.info(total, 'back_fill.found');
  return total;
}

/** Span by span, oldest first; the cursor moves behind each when all of it is kept. */
async function backFillAccount(
  deps: BackFillDeps,
  stripeAccount: string | null,
  { since, now }: Wish,
  total: BackFilled,
): Promise<void> {
  const em = deps.orm.em.fork();
  const source = stripeAccount ?? PLATFORM;
  const cursor = await cursorOf(em, source);
  const listedFrom = listedSince(now);
  const goOn = fromMs(toMs(cursor ?? (await firstAccountAt(em)) ?? now) - OVERLAP_MS);
  const from = earliest(goOn, since, now) ?? now;
  const isBeyondList = from < listedFrom && (cursor !== null || since !== null);
  if (isBeyondList) total.reads += await askForReads(em, stripeAccount, now.slice(0, 10));
  const until = fromMs(toMs(now) + CLOCKS_DIFFER_MS);
  for (let start = from < listedFrom ? listedFrom : from; start < until;) {
    const end = fromMs(Math.min(toMs(start) + SPAN_MS, toMs(until)));
    total.events += await hear(deps, { since: start, until: end }, stripeAccount, now);
    await moveCursor(em, source, end < now ? end : now);
    start = end;
  }
}

async function hear(
  deps: BackFillDeps,
  span: { since: Instant; until: Instant },
  stripeAccount: string | null,
  now: Instant,
): Promise<number> {
  const missed = new Set<string>();
  const underWaySince = fromMs(toMs(now) - UNDER_WAY_MS);
  const events: EventStore = {
    async store(event) {
      const stored = await deps.events.store(event);
      if (stored.isNew && event.at < underWaySince) missed.add(event.kind);
      return stored;
    },
  };
  const count = await pullEvents({ ...deps, events }, span, stripeAccount);
  await noteMissed(deps.orm.em.fork(), [...missed]);
  return count;
}
