import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { Scoped } from '../../db/account-scope.ts';
import type { Offer } from '../../db/entities/offer.ts';
import { mayMailLink, queueAlreadyLive, queueFreeOfferLink, queueHindrance } from '../../db/people/login-links.ts';
import type { CodeRefused, Hindered } from '../../db/purchase/checkouts.ts';
import { log } from '../../log.ts';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import type { Free } from './check-out.ts';
import { offerNames } from './obstacle-problem.ts';

type TellDeps = { wakes: Pick<Wakes, 'startMail'> };

type Telling = { em: Scoped; offer: Offer; address: string };

/** Once the answer is on its way, so that the time it takes says nothing either [R5.7]. */
export function tellBuyer(telling: Telling, what: Hindered | CodeRefused | Free, deps: TellDeps): void {
  void tell(telling, what, deps).catch((error: unknown) => log.warn({ error }, 'buyer.not_told'));
}

/**
 * The answer reveals nothing about the address. Its owner gets an email that says what is in the
 * way, with a login link where they have one to use.
 */
async function tell(telling: Telling, what: Hindered | CodeRefused | Free, { wakes }: TellDeps): Promise<void> {
  if (what.kind === 'hindered' && what.why === 'already_live' && what.purchase === null) return;
  if (!(await mayMailLink(telling.em, telling.address))) return;
  const now = fromMs(Date.now());
  const emailId =
    what.kind === 'to_confirm'
      ? await queueFreeOfferLink(telling.em, what.checkout.purchaseId, now)
      : await queueWhy(telling, what, now);
  if (emailId !== null) await wakes.startMail(emailId);
}

async function queueWhy({ em, offer, address }: Telling, what: Hindered | CodeRefused, realNow: Instant) {
  const offerName = offer.name;
  if (what.kind === 'code_refused') {
    const data = { offerName, offerId: offer.id, code: what.code.code, why: what.refusal };
    return queueHindrance(em, address, { kind: 'promotion-code-refused', realNow, data });
  }
  const { why, purchase } = what;
  if (why !== 'requirement_missing' && purchase !== null)
    return queueAlreadyLive(em, purchase.id, realNow, why === 'group_taken' ? { instead: offerName } : {});
  const required = await offerNames(em, offer.requires);
  const data = { offerName, required, isHalting: purchase !== null };
  return queueHindrance(em, address, { kind: 'requirement-missing', realNow, data });
}
