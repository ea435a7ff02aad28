import type { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { mayMailLink, queueFreeOfferLink } from '../../db/people/login-links.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { claimRequest, findRequest, storeAnswer } from '../../db/inbox/idempotency.ts';
import { Offer } from '../../db/entities/offer.ts';
import type { Hindered } from '../../db/purchase/checkouts.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { checkOut, type CheckedOut, type CheckoutDeps, type Free } from './check-out.ts';
import { codeRefused } from './checkout-code.ts';
import { accountNamed } from './for-account.ts';
import { obstacleProblem } from './obstacle-problem.ts';
import { siteUrl } from '../platform/site-url.ts';
import { invalid, Problem } from '../http/problem.ts';
import { defineRoute, type AccountCall, type Served } from '../http/route.ts';
import { keyReused, replay } from '../http/serve.ts';
import { agreeToNews } from '../people/checkout-news.ts';
import { checkoutSchema, mailedLinkSchema, newCheckout } from '../people/contact-schema.ts';
import { PEOPLE } from '../auth/roles.ts';

export type CheckoutRouteDeps = CheckoutDeps & { wakes: Pick<Wakes, 'startMail'> };

type CheckoutCall = AccountCall<unknown, unknown, z.output<typeof newCheckout>>;

export const checkoutRoutes = {
  create: defineRoute({
    method: 'post',
    path: '/v1/checkouts',
    tag: 'Checkouts',
    operationId: 'createCheckout',
    audit: { left: ['checkout.begun'] },
    summary: "Begin a checkout: Stripe's page, where a contact pays for an offer",
    description:
      'One open session per contact and offer: an older one is ended first. Refused while the offer is live already, another of its group is, or what it requires is not. Of a free offer nothing is paid: the contact is mailed the link that takes it, at most three an hour, and the answer is 202.',
    roles: PEOPLE,
    body: newCheckout,
    example: { offerId: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e', email: 'ada@example.com', name: 'Ada' },
    answers: { 201: checkoutSchema, 202: mailedLinkSchema },
    problems: [404, 409, 429, 503],
    writes: 'own',
    handle: serve,
  }),
};

async function serve(call: CheckoutCall, deps: CheckoutRouteDeps): Promise<Served> {
  const { em, account, keyed } = call;
  const known = keyed && (await findRequest(em, keyed));
  if (known?.kind === 'reused') throw keyReused();
  if (known?.kind === 'known') return replay(known.status, known.body);
  // Stripe's side would begin at an instant that is about to be over.
  if (account.clockTarget)
    throw new Problem(409, 'clock_moving', { detail: "The account's clock is moving; wait for it." });
  const named = await accountNamed(call, call.body.forAccountId);
  if (named && named.ownerEmail !== call.body.email) throw invalid('email', 'must be that of the account’s owner');
  const { newsWording: wording, ...body } = call.body;
  const checkedOut = await checkOut({ ...call, body, forAccountId: named?.forAccountId, isBySite: true }, deps);
  if (wording !== undefined && 'contact' in checkedOut)
    await agreeToNews(em, { contactId: checkedOut.contact.id, wording, now: call.now }, deps);
  if (checkedOut.kind === 'hindered') throw await hindered(call, checkedOut, deps);
  if (checkedOut.kind === 'code_refused') throw codeRefused(checkedOut.refusal);
  const answer =
    checkedOut.kind === 'to_confirm'
      ? { status: 202, body: await mailLink(em, checkedOut, deps) }
      : { status: 201, body: toApiCheckout(checkedOut) };
  if (!keyed) return answer;
  return em.transactional(async (tx) => {
    const claim = await claimRequest(tx, keyed, null);
    if (claim.kind === 'reused') throw keyReused();
    if (claim.kind === 'known') return replay(claim.status, claim.body);
    await storeAnswer(tx, keyed, answer);
    return answer;
  });
}

/** The link takes the offer, whoever asks for it [R27.7]. */
async function mailLink(em: Scoped, { checkout, contact }: Free, { wakes }: CheckoutRouteDeps) {
  if (!(await mayMailLink(em, contact.email)))
    throw new Problem(429, 'too_many_requests', { detail: 'This address was mailed three links within an hour.' });
  const emailId = await queueFreeOfferLink(em, checkout.purchaseId, fromMs(Date.now()));
  if (emailId !== null) await wakes.startMail(emailId);
  return { status: 'mailed' as const, contactId: contact.id, offerId: checkout.offerId };
}

/** Who is behind with paying does not need another purchase but another card [R5.7]. */
async function hindered({ em, account, body }: CheckoutCall, { why, purchase }: Hindered, { publicUrl }: CheckoutDeps) {
  if (why !== 'already_live') return obstacleProblem(em, why, purchase, await requirementsOf(em, body.offerId));
  const has = 'This contact has bought this offer already, and it is';
  if (purchase?.billingStatus !== 'past_due') return new Problem(409, why, { detail: `${has} live.` });
  const card = `${siteUrl(publicUrl, account)}/billing/update-card?purchase=${purchase.id}`;
  const detail = `${has} past due: what is overdue is paid with another card, at ${card}`;
  return new Problem(409, why, { detail, state: 'past_due' });
}

const requirementsOf = (em: Scoped, id: string): Promise<Offer> => em.findOneOrFail(Offer, { id });

const toApiCheckout = ({ checkout, contact, session, trial }: CheckedOut): z.input<typeof checkoutSchema> => ({
  id: checkout.id,
  purchaseId: checkout.purchaseId,
  contactId: contact.id,
  offerId: checkout.offerId,
  url: session.url,
  expiresAt: session.expiresAt,
  trial,
});
