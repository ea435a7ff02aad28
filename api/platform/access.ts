import type { z } from 'zod';
import { setTimeout as wait } from 'node:timers/promises';
import { startOnCard, type StartDeps } from '../../activities/gateways/start-on-card.ts';
import { termsOf } from '../../db/catalog/terms-of.ts';
import type { Offer } from '../../db/entities/offer.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import { addOnToSell, purchasesFor, type AtPlatform } from '../../db/platform/for-account.ts';
import { findObstacle } from '../../db/purchase/grant-offer.ts';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import { intervalOf, isCharged } from '../../workflows/domain/price.ts';
import { BILLING, EVERYBODY, MONEY_READERS } from '../auth/roles.ts';
import { notFound, Problem } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import type { CheckoutDeps } from '../purchase/check-out.ts';
import { accessSchema, addBody, addedSchema } from './access-schema.ts';
import { givenBy, toApiAccess } from './access-view.ts';
import { atPlatform } from './at-platform.ts';
import { buyOnPage, hindered } from './buy-on-page.ts';

const PATH = '/v1/account/access';
export type AccessDeps = CheckoutDeps & StartDeps & { stripe: CheckoutDeps['stripe']; waitMs: number };

const read = defineRoute({
  method: 'get',
  path: PATH,
  tag: 'Account',
  operationId: 'getAccess',
  summary: "Read the account's add-on: what it gives, its credits, its window, and what was asked for",
  roles: EVERYBODY,
  answers: { 200: accessSchema },
  async handle(call) {
    const seesMoney = MONEY_READERS.includes(call.caller.role);
    return { status: 200, body: await toApiAccess(await atPlatform(call), seesMoney) };
  },
});

type AddCall = AccountCall<unknown, unknown, z.output<typeof addBody>>;

const add = defineRoute({
  method: 'post',
  path: PATH,
  tag: 'Account',
  operationId: 'addAccess',
  audit: { left: ['checkout.begun'] },
  summary: "Add the add-on to the account's plan, at the plan's interval",
  description:
    'It begins at once on the card that pays for the plan. Where there is none, or it is refused, the answer has the address of the page on which it is paid. Refused without a plan, and while the plan is past due, paused or about to end.',
  roles: BILLING,
  body: addBody,
  example: { dryRun: true },
  answers: { 200: addedSchema },
  problems: [404, 409, 503],
  // Asked twice it is begun once: one checkout is open at a time, and one add-on is live.
  writes: 'own',
  handle: addAccess,
});

async function addAccess(call: AddCall, deps: AccessDeps) {
  const at = await atPlatform(call);
  const toSell = await addOnToSell(at, await purchasesFor(at));
  if (!toSell) throw notFound('add-on');
  const { offer, plan } = toSell;
  if (call.body.dryRun) return { status: 200 as const, body: await previewed(at, offer) };
  if (at.platform.clockTarget)
    throw new Problem(409, 'clock_moving', { detail: "The platform's clock is moving; wait for it." });
  const subscriptionId = plan && subscriptionIdOf(plan.snapshot.billing);
  const asked = { ...at, account: at.platform, offer, email: at.ownerEmail };
  const cardOf = plan && subscriptionId ? { subscriptionId, purchaseId: plan.id } : null;
  const started = cardOf ? await startOnCard({ ...asked, cardOf }, deps) : null;
  if (started?.kind === 'hindered') throw await hindered(at, offer, started);
  if (started?.kind === 'started') {
    await untilBegun(at, started.purchaseId, deps.waitMs);
    return {
      status: 200 as const,
      body: { status: 'begun' as const, ...soldAs(offer), purchaseId: started.purchaseId },
    };
  }
  const toPay = await buyOnPage(at, { offer, path: '/settings/access' }, deps);
  return { status: 200 as const, body: { ...toPay, ...soldAs(offer) } };
}

/** The events of Stripe make it a purchase, which takes a moment. */
async function untilBegun({ em }: AtPlatform, id: string, waitMs: number): Promise<void> {
  const until = Date.now() + waitMs;
  while ((await em.fork().count(Purchase, { id, startedAt: { $ne: null } })) === 0 && Date.now() < until)
    await wait(50);
}

async function previewed(at: AtPlatform, offer: Offer) {
  const { em, now, forAccountId: holderId } = at;
  const terms = termsOf(offer);
  const obstacle = await findObstacle(em, { holderId, terms, origin: 'bought', now });
  if (obstacle) throw await hindered(at, offer, { why: obstacle.kind, purchase: obstacle.purchase });
  return { status: 'preview' as const, ...soldAs(offer), ...givenBy(terms), perYear: terms.credits?.perYear ?? 0 };
}

function soldAs({ id, name, price }: Offer) {
  const interval = intervalOf(price);
  if (!isCharged(price) || interval === null) throw new Error('an add-on that is no subscription');
  return { offer: { id, name }, interval, dueNow: { amountMinor: price.amountMinor, currency: price.currency } };
}

export const accessRoutes = { read, add };
