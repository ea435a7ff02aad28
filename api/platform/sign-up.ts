import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { Scoped, Unscoped } from '../../db/account-scope.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import type { Account } from '../../db/entities/account.ts';
import type { Offer } from '../../db/entities/offer.ts';
import { PLAN_INTERVALS } from '../../db/platform/platform-offers.ts';
import { onSale, type ByInterval } from '../../db/platform/plans.ts';
import { insidePlatform } from '../../db/platform/platform-account.ts';
import { email, id, name, timeZone } from '../http/fields.ts';
import { invalid, Problem } from '../http/problem.ts';
import { definePublicRoute } from '../http/route.ts';
import { quotasSchema } from '../catalog/quota-schema.ts';
import { guessedLanguage } from '../people/contact-schema.ts';
import { pageUrl } from './site-url.ts';
import { checkOut, type CheckoutDeps } from '../purchase/check-out.ts';
import { tellBuyer } from '../purchase/tell-buyer.ts';

const tag = 'Public';

export type SignUpDeps = CheckoutDeps & { wakes: Pick<Wakes, 'startMail'> };

const priceSchema = z
  .strictObject({ offerId: id, amountMinor: z.int(), currency: z.string(), quotas: quotasSchema })
  .nullable()
  .describe('null: it is not sold so.');
const pricesSchema = z.strictObject({ month: priceSchema, year: priceSchema });

export const plansSchema = z
  .strictObject({
    plans: z.array(
      z.strictObject({
        plan: z.string().describe('What signing up names.'),
        name: z.string(),
        description: z.string().nullable(),
        prices: pricesSchema,
      }),
    ),
    access: pricesSchema.describe('The add-on, billed with the plan.'),
  })
  .meta({ id: 'PlansOnSale' });

const toApiPrice = (offer: Offer | null): z.input<typeof priceSchema> =>
  offer && 'interval' in offer.price
    ? {
        offerId: offer.id,
        amountMinor: offer.price.amountMinor,
        currency: offer.price.currency,
        quotas: offer.quotas,
      }
    : null;

const toApiPrices = ({ month, year }: ByInterval) => ({ month: toApiPrice(month), year: toApiPrice(year) });

/** Whoever signs up buys at the platform's own site. @throws Problem 404 where there is none */
async function enterPlatform(unscoped: Unscoped): Promise<{ account: Account; em: Scoped }> {
  const inside = await insidePlatform(unscoped);
  if (!inside) throw new Problem(404, 'not_found', { detail: 'Nobody can sign up here.' });
  return inside;
}

const plans = definePublicRoute({
  method: 'get',
  path: '/v1/sign-up/plans',
  tag,
  operationId: 'listPlansOnSale',
  summary: 'List the plans of the platform that one can sign up for',
  answers: { 200: plansSchema },
  async handle({ unscoped }) {
    const { em } = await enterPlatform(unscoped);
    const { plans: sold, access } = await onSale(em);
    const listed = sold.map(({ offers, ...plan }) => ({ ...plan, prices: toApiPrices(offers) }));
    return { status: 200, body: { plans: listed, access: toApiPrices(access) } };
  },
});

const newSignUp = z.strictObject({
  plan: z
    .string()
    .max(200)
    .describe('One of `GET /v1/sign-up/plans`.')
    .meta({ examples: ['basic'] }),
  interval: z.enum(PLAN_INTERVALS).describe('How the plan, and the add-on with it, is billed.'),
  access: z.boolean().default(false).describe('With the add-on, which begins on the same card once the plan has.'),
  email,
  accountName: name,
  timeZone,
  language: guessedLanguage.optional(),
});

const begin = definePublicRoute({
  method: 'post',
  path: '/v1/sign-up',
  tag,
  operationId: 'signUp',
  audit: { none: 'Nobody is known before it is paid.' },
  summary: "Begin to sign up: Stripe's page, where the plan is paid",
  description:
    'Once it is paid there is an account with its owner, who is mailed a link, valid for 24 hours, to confirm the address. Before, there is nothing but the checkout. Whoever has this very account already is mailed what to do, and the answer is 202.',
  body: newSignUp,
  example: {
    plan: 'basic',
    interval: 'month',
    access: false,
    email: 'ada@example.com',
    accountName: 'Ada Studio',
    timeZone: 'Europe/Vienna',
  },
  answers: { 201: z.strictObject({ url: z.string() }), 202: z.strictObject({}) },
  problems: [404, 409, 503],
  // If it is pressed twice, the later session stays open; no answer is stored for repeats.
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body }, deps: SignUpDeps) {
    const { account, em } = await enterPlatform(unscoped);
    if (account.clockTarget)
      throw new Problem(409, 'clock_moving', { detail: 'The test clock is moving; try again in a moment.' });
    const offer = await offerFor(em, body);
    const { email: address, accountName, timeZone: zone, language, access: withAccess } = body;
    const checkedOut = await checkOut(
      {
        em,
        account,
        now: nowOf(account),
        body: { offerId: offer.id, email: address, name: null, language },
        signUp: { accountName, timeZone: zone, withAccess },
        pagesOf: () => pagesOf(deps.publicUrl),
      },
      deps,
    );
    if (checkedOut.kind === 'begun') return { status: 201 as const, body: { url: checkedOut.session.url } };
    tellBuyer({ em: em.fork(), offer, address }, checkedOut, deps);
    return { status: 202 as const, body: NOTHING };
  },
});

/** The same for each who has it already. */
const NOTHING: Record<string, never> = {};

function pagesOf(publicUrl: string): { successUrl: string; cancelUrl: string } {
  const page = pageUrl(publicUrl, '/sign-up');
  return { successUrl: `${page}/thanks`, cancelUrl: page };
}

/** @throws Problem 422 */
async function offerFor(em: Scoped, { plan, interval, access }: z.output<typeof newSignUp>): Promise<Offer> {
  const sold = await onSale(em);
  const found = sold.plans.find((one) => one.plan === plan);
  if (!found) throw invalid('plan', `must be one of ${sold.plans.map((one) => one.plan).join(', ')}`);
  const offer = found.offers[interval];
  if (!offer) throw invalid('interval', `is not one in which ${plan} is sold`);
  if (access && !sold.access[interval]) throw invalid('access', 'is not on sale');
  return offer;
}

export const signUpRoutes = { plans, begin };
