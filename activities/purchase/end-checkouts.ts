import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import type { Orm } from '../../db/orm.ts';
import { closeCheckout } from '../../db/purchase/checkouts.ts';
import {
  explainCheckout,
  takeOverdueCheckouts,
  takeUnexplainedCheckouts,
  type Watched,
} from '../../db/purchase/ended-checkouts.ts';
import type { EndReason } from '../../db/entities/checkout.ts';
import { log } from '../../log.ts';
import {
  StripeMissing,
  StripeRefused,
  type CheckoutTry,
  type EndedCheckout,
  type StripeGateway,
} from '../gateways/stripe.ts';
import type { Wakes } from '../gateways/temporal.ts';

export type EndCheckoutDeps = {
  orm: Orm;
  gateway: Pick<StripeGateway, 'expireCheckout' | 'endedCheckout'>;
  wakes: Pick<Wakes, 'startMail'>;
};

const REASONS: Record<CheckoutTry, EndReason> = { nothing: 'left', refused: 'declined', begun: 'expired' };

/** How many requests are at Stripe at a time. */
const AT_ONCE = 4;

/**
 * Ends checkouts whose time is over although no event has said so, and asks Stripe why those that
 * ended did; whoever agreed to it is mailed the link to begin anew. `accountId`: of a test account
 * whose clock makes a step; null = of all others. Safe at any time, by any number of workers; what
 * Stripe does not answer is asked again later.
 */
export async function endCheckouts(deps: EndCheckoutDeps, accountId: string | null): Promise<void> {
  const em = deps.orm.em.fork();
  await each(await takeOverdueCheckouts(em, accountId), async (one) => void (await endCheckout(deps, one)));
  await each(await takeUnexplainedCheckouts(em, accountId), (one) => explain(deps, one));
}

async function each(watched: Watched[], look: (one: Watched) => Promise<void>): Promise<void> {
  for (let first = 0; first < watched.length; first += AT_ONCE) {
    await Promise.all(
      watched.slice(first, first + AT_ONCE).map((one) =>
        look(one).catch((error: unknown) => {
          log.warn({ checkoutId: one.id, error }, 'checkout.not_looked_at');
        }),
      ),
    );
  }
}

/**
 * Ends a checkout that nobody has paid. Whoever pays at this very moment is not shut out: then
 * Stripe says that it is completed.
 */
export async function endCheckout(deps: EndCheckoutDeps, watched: Watched): Promise<'expired' | 'completed'> {
  const { endsAt, purchaseId, ...one } = watched;
  const em = deps.orm.em.fork();
  const soldOn = await stripeAccountOf(em, purchaseId);
  const state = await orWithoutIt(deps.gateway.expireCheckout(one.stripeSessionId, soldOn), 'expired' as const);
  await closeCheckout(em, one, state, endsAt);
  if (state === 'expired') await explainAt(deps, watched, soldOn);
  return state;
}

const explain = async (deps: EndCheckoutDeps, watched: Watched): Promise<void> =>
  explainAt(deps, watched, await stripeAccountOf(deps.orm.em.fork(), watched.purchaseId));

/** The email is sent by a workflow; the sweep finds one that dies with this process. */
async function explainAt(
  { orm, gateway, wakes }: EndCheckoutDeps,
  { id, stripeSessionId }: Watched,
  soldOn: string | null,
): Promise<void> {
  const em = orm.em.fork();
  const { tried, recovery } = await orWithoutIt(gateway.endedCheckout(stripeSessionId, soldOn), NOTHING_KNOWN);
  const emailId = await explainCheckout(em, id, { reason: REASONS[tried], recovery });
  if (emailId !== null) await wakes.startMail(emailId);
}

const NOTHING_KNOWN: EndedCheckout = { tried: 'nothing', recovery: null };

/** What Stripe has no more can be paid no more, and nobody can say what was tried there. */
async function orWithoutIt<Answer>(answer: Promise<Answer>, instead: Answer): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof StripeMissing || error instanceof StripeRefused) return instead;
    throw error;
  }
}
