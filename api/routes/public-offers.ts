import type { z } from 'zod';
import type { EntityManager } from '@mikro-orm/postgresql';
import { nowOf } from '../../db/account-clock.ts';
import { Account } from '../../db/entities/account.ts';
import { Offer } from '../../db/entities/offer.ts';
import { Product } from '../../db/entities/product.ts';
import { checkoutToken, type SecretKey } from '../auth/secrets.ts';
import { checkOut, type CheckoutDeps } from '../commands/check-out.ts';
import { notFound, Problem } from '../http/problem.ts';
import { definePublicRoute, type Route } from '../http/route.ts';
import { newCheckout } from '../schemas/contact.ts';
import { begunCheckoutSchema, publicOfferSchema } from '../schemas/customer.ts';
import { idParams } from '../schemas/fields.ts';

const tag = 'Public';

export type PublicOfferDeps = CheckoutDeps & { secretKey: SecretKey };

async function find(em: EntityManager, id: string): Promise<{ offer: Offer; account: Account }> {
  const offer = await em.findOne(Offer, { id });
  if (!offer) throw notFound('offer');
  return { offer, account: await em.findOneOrFail(Account, { id: offer.accountId }) };
}

function saleOf({ archivedAt, price }: Offer): z.input<typeof publicOfferSchema>['sale'] {
  if (archivedAt !== null) return 'archived';
  return price.kind === 'free' ? 'granted_only' : 'open';
}

const read = definePublicRoute({
  method: 'get',
  path: '/v1/public/offers/{offerId}',
  tag,
  operationId: 'getPublicOffer',
  summary: 'Read what anybody may know of an offer',
  params: idParams('offerId'),
  answers: { 200: publicOfferSchema },
  async handle({ em, params }) {
    const { offer, account } = await find(em, params.offerId);
    const { id, name, price, refundWindowDays, accessDays, accessStartsAt, productIds } = offer;
    const products = await em.find(Product, { id: { $in: productIds } });
    const named = productIds.flatMap((productId) => products.filter((product) => product.id === productId));
    const site = { name: account.name, supportEmail: account.supportEmail, timeZone: account.timeZone };
    const shown = { id, name, price, refundWindowDays, accessDays, accessStartsAt, sale: saleOf(offer), site };
    return { status: 200, body: { ...shown, products: named.map((product) => ({ name: product.name })) } };
  },
});

const begin = (deps: PublicOfferDeps) =>
  definePublicRoute({
    method: 'post',
    path: '/v1/public/offers/{offerId}/checkout',
    tag,
    operationId: 'beginCheckout',
    summary: "Begin to buy an offer: Stripe's page, where it is paid",
    params: idParams('offerId'),
    body: newCheckout.pick({ email: true, name: true }),
    example: { email: 'ada@example.com', name: 'Ada' },
    answers: { 201: begunCheckoutSchema },
    problems: [409, 503],
    // Pressed twice, the later session is the open one: nothing is kept for repeats.
    writes: 'own',
    perMinute: 20,
    async handle({ em, params, body }) {
      const { offer, account } = await find(em, params.offerId);
      if (account.clockTarget)
        throw new Problem(409, 'clock_moving', { detail: 'The test clock is moving; try again in a moment.' });
      const page = `${deps.publicUrl.replace(/\/+$/, '')}/join/${offer.id}`;
      const { session } = await checkOut(
        {
          ...{ em, account, now: nowOf(account), body: { ...body, offerId: offer.id } },
          pagesOf: (checkout) => ({
            successUrl: `${page}/thanks?checkout=${checkoutToken(checkout.id, deps.secretKey)}`,
            cancelUrl: page,
          }),
        },
        deps,
      );
      return { status: 201, body: { url: session.url, expiresAt: session.expiresAt } };
    },
  });

export const publicOfferRoutes = (deps: PublicOfferDeps): Route[] => [read, begin(deps)];
