import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import type { Unscoped } from '../../db/account-scope.ts';
import { productsOf } from '../../db/catalog/offers.ts';
import type { Account } from '../../db/entities/account.ts';
import { Offer } from '../../db/entities/offer.ts';
import { enterByOffer } from '../../db/platform/enter.ts';
import { trialScopeOf } from '../../workflows/domain/settings.ts';
import { checkoutToken } from '../auth/secrets.ts';
import type { SecretKey } from '../../db/signature.ts';
import { checkOut, type CheckoutAsked, type CheckoutDeps } from '../purchase/check-out.ts';
import { lessened } from '../../workflows/domain/discount.ts';
import { chargedAtOnce, soldPerPeriod } from '../../workflows/domain/price.ts';
import { codeFor } from '../purchase/checkout-code.ts';
import { tellBuyer } from '../purchase/tell-buyer.ts';
import { notFound, Problem } from '../http/problem.ts';
import { definePublicRoute } from '../http/route.ts';
import { agreeToNews } from '../people/checkout-news.ts';
import { newsWording } from '../people/news-wording.ts';
import { newCheckout } from '../people/contact-schema.ts';
import { begunCheckoutSchema, publicOfferSchema } from '../people/customer-schema.ts';
import { toPublicSite } from '../people/public-site.ts';
import { siteUrl } from '../platform/site-url.ts';
import { quotedPriceSchema } from './promotion-code-schema.ts';
import { idParams } from '../http/fields.ts';

const tag = 'Public';

export type PublicOfferDeps = CheckoutDeps & { secretKey: SecretKey; wakes: Pick<Wakes, 'startMail'> };

type Sold = { offer: Offer; account: Account };

async function find(unscoped: Unscoped, id: string) {
  const found = await enterByOffer(unscoped, id);
  if (!found) throw notFound('offer');
  return found;
}

function saleOf({ archivedAt }: Offer): z.input<typeof publicOfferSchema>['sale'] {
  return archivedAt === null ? 'open' : 'archived';
}

const read = definePublicRoute({
  method: 'get',
  path: '/v1/public/offers/{offerId}',
  tag,
  operationId: 'getPublicOffer',
  summary: 'Read what anybody may know of an offer',
  params: idParams('offerId'),
  answers: { 200: publicOfferSchema },
  async handle({ unscoped, params }, { publicUrl }: PublicOfferDeps) {
    const { em, offer, account } = await find(unscoped, params.offerId);
    const { id, name, description, imageUrl, price, refundWindowDays, accessDays, accessStartsAt, productIds } = offer;
    const products = await productsOf(em, [offer]);
    const named = productIds.flatMap((productId) => products.get(productId) ?? []);
    const site = toPublicSite(account, publicUrl);
    const { credits, officeHours } = offer;
    const gives = {
      products: named.map((one) => ({ name: one.name, description: one.description })),
      credits,
      officeHours,
    };
    const terms = { price, refundWindowDays, accessDays, accessStartsAt, sale: saleOf(offer) };
    const required = await em.find(Offer, { id: { $in: offer.requires } });
    const requires = required.map((one) => ({ id: one.id, name: one.name }));
    const trialOnce = trialScopeOf(account.settings);
    return {
      status: 200,
      body: {
        id,
        name,
        description,
        imageUrl,
        ...terms,
        site,
        requires,
        trialOnce,
        ...gives,
        newsWording: newsWording(account),
      },
    };
  },
});

const begin = definePublicRoute({
  method: 'post',
  path: '/v1/public/offers/{offerId}/checkout',
  tag,
  operationId: 'beginCheckout',
  audit: { none: 'A visitor’s own; it is kept as a checkout.' },
  summary: "Begin to buy an offer: Stripe's page, where it is paid",
  description:
    'Answers 202 where the address cannot buy it, because of what it has or has not, or cannot with the code, because of what it bought before: what to do is mailed to it, at most three times an hour. A free offer is always answered so: the mail has the link that takes it.',
  params: idParams('offerId'),
  body: newCheckout
    .pick({ email: true, name: true, language: true, promotionCode: true })
    .extend({ news: z.boolean().default(false).describe('They agree to `newsWording`, which the offer says.') }),
  example: { email: 'ada@example.com', name: 'Ada' },
  answers: { 201: begunCheckoutSchema, 202: z.strictObject({}) },
  problems: [409, 503],
  // If it is pressed twice, the later session stays open; no answer is stored for repeats.
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, params, body }, deps: PublicOfferDeps) {
    const { em, offer, account } = await find(unscoped, params.offerId);
    if (account.clockTarget)
      throw new Problem(409, 'clock_moving', { detail: 'The test clock is moving; try again in a moment.' });
    const { news, ...buyer } = body;
    const asked = { em, account, now: nowOf(account), body: { ...buyer, offerId: offer.id } };
    const checkedOut = await checkOut(
      { ...asked, pagesOf: pagesOf({ offer, account, code: body.promotionCode }, deps) },
      deps,
    );
    const agreed = { wording: newsWording(account), now: asked.now };
    if (news && 'contact' in checkedOut) await agreeToNews(em, { ...agreed, contactId: checkedOut.contact.id }, deps);
    if (checkedOut.kind !== 'begun') {
      tellBuyer({ em: em.fork(), offer, address: body.email }, checkedOut, deps);
      return { status: 202 as const, body: NOTHING };
    }
    const { url, expiresAt } = checkedOut.session;
    return { status: 201 as const, body: { url, expiresAt, trial: checkedOut.trial } };
  },
});

function pagesOf(
  { offer, account, code }: Sold & { code: string | undefined },
  { publicUrl, secretKey }: PublicOfferDeps,
): CheckoutAsked['pagesOf'] {
  const page = `${siteUrl(publicUrl, account)}/join/${offer.id}`;
  return (checkout) => ({
    successUrl: `${page}/thanks?checkout=${checkoutToken(checkout.id, secretKey)}`,
    cancelUrl: code === undefined ? page : `${page}?${new URLSearchParams({ code }).toString()}`,
  });
}

/** The same for each who has it already. */
const NOTHING: Record<string, never> = {};

const quote = definePublicRoute({
  method: 'post',
  path: '/v1/public/offers/{offerId}/price',
  tag,
  operationId: 'priceOffer',
  audit: { none: 'It only reads.' },
  summary: 'What an offer costs with a promotion code, if it holds',
  description: 'Whether it holds for a person is said when they begin to buy.',
  params: idParams('offerId'),
  body: newCheckout.pick({ promotionCode: true }).required(),
  example: { promotionCode: 'SPRING' },
  answers: { 200: quotedPriceSchema },
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, params, body }) {
    const { em, offer, account } = await find(unscoped, params.offerId);
    const found = await codeFor({ em, account, now: nowOf(account) }, offer, body.promotionCode);
    const { code, discount } = found;
    const { percentOff, amountOffMinor, currency, duration } = discount;
    const regular = soldPerPeriod(offer.price);
    return {
      status: 200,
      body: {
        code,
        percentOff,
        amountOffMinor,
        currency,
        duration,
        today: chargedAtOnce(offer.price, [discount]),
        regular: regular && { amountMinor: lessened(regular, [discount]), currency: regular.currency },
      },
    };
  },
});

export const publicOfferRoutes = { read, quote, begin };
