import { keepOwnStripeAccount, ownStripeAccount } from '../db/money/own-stripe-account.ts';
import { resealConnections } from '../db/money/connections.ts';
import { resealTotps } from '../db/people/second-factors.ts';
import { log } from '../log.ts';
import type { WorkerDeps } from './deps.ts';

/**
 * Asks Stripe once, at the start, whose our key is: another one than before is said aloud, since
 * what was sold before stays on the other account.
 */
export async function learnOwnAccount({ orm, gateway }: Pick<WorkerDeps, 'orm' | 'gateway'>): Promise<void> {
  try {
    const em = orm.em.fork();
    const [before, stripeAccount] = [await ownStripeAccount(em), await gateway.ownAccount()];
    if (before !== null && before !== stripeAccount) log.warn({ before, stripeAccount }, 'stripe.account_changed');
    await keepOwnStripeAccount(em, stripeAccount);
  } catch (error) {
    log.warn({ error }, 'stripe.account_unknown');
  }
}

/** What an older SECRET_KEY has sealed is sealed anew, once at the start. */
export async function resealKeys({ orm, secretKey }: Pick<WorkerDeps, 'orm' | 'secretKey'>): Promise<void> {
  try {
    const keys = await resealConnections(orm.em.fork(), secretKey);
    const factors = await resealTotps(orm.em.fork(), secretKey);
    if (keys + factors > 0) log.info({ keys, factors }, 'secrets.resealed');
  } catch (error) {
    log.warn({ error }, 'secrets.not_resealed');
  }
}
