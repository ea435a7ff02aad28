import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { nowOf } from '../../db/clock/account-clock.ts';
import type { Unscoped } from '../../db/account-scope.ts';
import { Checkout } from '../../db/entities/checkout.ts';
import { Offer } from '../../db/entities/offer.ts';
import { acceptCommand } from '../../db/inbox/accept-command.ts';
import { termsOf } from '../../db/catalog/terms-of.ts';
import { findObstacle } from '../../db/purchase/grant-offer.ts';
import { checkoutToken } from '../auth/secrets.ts';
import type { SecretKey } from '../../db/signature.ts';
import { idParams } from '../http/fields.ts';
import { notFound, Problem } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { definePublicRoute } from '../http/route.ts';
import { follow, type CommandDeps } from '../inbox/follow.ts';
import { useLink, type OpenedLink } from '../people/one-time-links.ts';
import { obstacleProblem } from './obstacle-problem.ts';

type Deps = CommandDeps & { secretKey: SecretKey };

const take = definePublicRoute({
  method: 'post',
  path: '/v1/public/offers/{offerId}/take',
  tag: 'Public',
  operationId: 'takeFreeOffer',
  audit: leavesCommand('take-free'),
  summary: 'Take a free offer by the link that was mailed, within 7 days',
  description:
    'Used once, whatever Idempotency-Key comes with it. Its answer names the checkout, whose state says more.',
  params: idParams('offerId'),
  body: z.strictObject({ token: z.string().min(1).max(500) }),
  example: { token: 'from-the-email' },
  answers: { 200: z.strictObject({ checkoutToken: z.string() }) },
  problems: [409],
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, params: { offerId }, body: { token }, visitor, requestId }, deps: Deps) {
    const link = { token, kinds: ['take_free'] as const, visitor: await visitor() };
    const taken = await unscoped.transactional((tx) => accept(tx, offerId, link));
    const { commandId, account, checkout } = taken;
    void deps.wakes.look(checkout.purchaseId, { kind: 'take-free', rowId: commandId });
    await follow({ commandId, account, keyed: null, requestId }, deps);
    return { status: 200 as const, body: { checkoutToken: checkoutToken(checkout.id, deps.secretKey) } };
  },
});

/** What the link was mailed for is decided anew: days may lie between. Refused, it stays valid. */
async function accept(tx: Unscoped, offerId: string, link: OpenedLink) {
  const { em, contact, account } = await useLink(tx, link);
  const offer = await em.findOne(Offer, { id: offerId });
  if (!offer) throw notFound('offer');
  if (account.clockTarget)
    throw new Problem(409, 'clock_moving', { detail: 'The test clock is moving; try again in a moment.' });
  if (offer.archivedAt) throw new Problem(409, 'archived', { detail: 'This offer is archived.' });
  const now = nowOf(account);
  const terms = termsOf(offer);
  const obstacle = await findObstacle(em, { holderId: contact.id, terms, origin: 'bought', now });
  if (obstacle) throw await obstacleProblem(em, obstacle.kind, obstacle.purchase, terms);
  const checkout = await em.findOne(Checkout, { holderId: contact.id, offerId, state: 'open' });
  if (!checkout) throw new Problem(409, 'wrong_state', { detail: 'Nobody asked for this offer with this address.' });
  const commandId = uuid();
  await acceptCommand(em, {
    commandId,
    accountId: account.id,
    purchaseId: checkout.purchaseId,
    name: 'take-free',
    input: {},
    actor: { kind: 'customer', id: contact.id },
    askedAt: now,
    planHash: null,
    expectedVersion: null,
    reason: null,
    feedback: null,
  });
  await em.flush();
  return { commandId, account, checkout };
}

export const freeOfferRoutes = { take };
