import type { Orm } from '../db/orm.ts';
import {
  buryRow,
  matchRow,
  sweepClocks,
  sweepEmails,
  sweepInbox,
  sweepUnmatched,
  type Unmatched,
} from '../db/sweep.ts';
import type { StripeGateway } from '../activities/gateways/stripe.ts';
import type { Poker } from '../activities/gateways/temporal.ts';
import { log } from '../log.ts';

export type SweepDeps = { orm: Orm; poker: Poker; gateway: StripeGateway };

/** After this many looks (a day and a half) an event that belongs to no purchase is laid to rest. */
const MOST_LOOKS = 40;

/** Finds what a lost wake left lying: open rows, queued emails, moving clocks, events without an owner. Harmless at any time, by any number of workers. */
export async function sweep(deps: SweepDeps): Promise<{ woken: number }> {
  const em = deps.orm.em.fork();
  const subjects = await sweepInbox(em);
  for (const purchaseId of subjects) await deps.poker.wake(purchaseId, { kind: 'sweep', rowId: null });
  const emails = await sweepEmails(em);
  for (const { emailId, purchaseId, isWelcome } of emails) {
    await (isWelcome && purchaseId ? deps.poker.startWelcome(purchaseId) : deps.poker.startMail(emailId));
  }
  for (const { accountId, target } of await sweepClocks(em)) await deps.poker.moveClock(accountId, target);
  for (const row of await sweepUnmatched(em)) await match(deps, row);
  return { woken: subjects.length + emails.length };
}

/** A refund or dispute made at Stripe names only its payment intent; Stripe is asked whose that is. */
async function match(
  { orm, poker, gateway }: SweepDeps,
  { rowId, link, stripeAccount, pokes }: Unmatched,
): Promise<void> {
  const em = orm.em.fork();
  try {
    const owner = link === null ? null : await gateway.resolvePaymentIntent(link, stripeAccount);
    if (owner?.purchaseId && (await matchRow(em, rowId, owner.purchaseId, owner.paymentId))) {
      return await poker.wake(owner.purchaseId, { kind: 'matched', rowId });
    }
    if (pokes >= MOST_LOOKS) await buryRow(em, rowId);
  } catch (error) {
    log.warn({ rowId, error }, 'event.match_failed');
  }
}

/** Sweeps every few seconds until told to stop. */
export function keepSweeping(deps: SweepDeps, everyMs = 5_000): { stop(): Promise<void> } {
  let isStopped = false;
  let sleeper: { end: () => void } | undefined;
  const run = async (): Promise<void> => {
    while (!isStopped) {
      await sweep(deps).catch((error: unknown) => log.warn({ error }, 'sweep.failed'));
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        sleeper = { end: () => (clearTimeout(timer), resolve()) };
      });
    }
  };
  const running = run();
  return {
    async stop() {
      isStopped = true;
      sleeper?.end();
      await running;
    },
  };
}
