import { scopeTo } from '../../db/account-scope.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import type { Orm } from '../../db/orm.ts';
import { queueAddOnNotBegun } from '../../db/people/login-links.ts';
import { addOnToSell, enterPlatform } from '../../db/platform/for-account.ts';
import { settleWantedAddOn, takeWantedAddOns, type WantedAddOn } from '../../db/platform/wanted-add-ons.ts';
import { log } from '../../log.ts';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import type { StripeGateway } from '../gateways/stripe.ts';
import { startOnCard, type Started } from '../gateways/start-on-card.ts';
import type { Wakes } from '../gateways/temporal.ts';

export type AddOnDeps = { orm: Orm; gateway: StripeGateway; wakes: Pick<Wakes, 'wake' | 'startMail'> };

/**
 * Begins the add-ons that were signed up for with a plan, on the card that has paid for it [R19.1].
 * Where that fails, the plan stands, and the owner is mailed where to add it. What is cut off is
 * taken up again, under the same keys at Stripe.
 */
export async function startAddOns(deps: AddOnDeps): Promise<void> {
  for (const wanted of await takeWantedAddOns(deps.orm.em.fork()))
    await startOne(wanted, deps).catch((error: unknown) =>
      log.warn({ error, purchaseId: wanted.planId }, 'add_on.not_begun'),
    );
}

async function startOne(wanted: WantedAddOn, deps: AddOnDeps): Promise<void> {
  const started = await start(wanted, deps);
  if (started?.kind === 'busy') return;
  const em = deps.orm.em.fork();
  const hasIt = started?.kind === 'started' || (started?.kind === 'hindered' && started.why === 'already_live');
  const emailIds = hasIt ? [] : await queueAddOnNotBegun(em, wanted.accountId, fromMs(Date.now()));
  await settleWantedAddOn(em, wanted);
  for (const emailId of emailIds) await deps.wakes.startMail(emailId);
}

/** null = nothing is sold, or there is no card. */
async function start({ accountId, planId }: WantedAddOn, { orm, gateway, wakes }: AddOnDeps): Promise<Started | null> {
  const at = await enterPlatform(scopeTo(orm.em.fork(), accountId));
  const plan = await at?.em.findOne(Purchase, { id: planId });
  const toSell = at && plan ? await addOnToSell(at, [plan]) : null;
  const subscriptionId = toSell?.plan ? subscriptionIdOf(toSell.plan.snapshot.billing) : null;
  if (!at || !toSell || !subscriptionId) return null;
  const cardOf = { subscriptionId, purchaseId: planId };
  const asked = { ...at, account: at.platform, offer: toSell.offer, email: at.ownerEmail, cardOf };
  return startOnCard(asked, { stripe: gateway, wakes });
}
