import { z } from 'zod';
import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import type { Method, Methods } from '../../activities/gateways/stripe/method-gateway.ts';
import { tell } from '../../db/platform/audit-log.ts';
import { ownPurchases, type OwnPurchase } from '../../db/people/customer.ts';
import { customersOf, type CustomerIn } from '../../db/money/customer-at-stripe.ts';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { methodInWords } from '../../emails/words/card.ts';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import { isLive } from '../../workflows/domain/billing.ts';
import { nextCharge } from '../../workflows/domain/charges.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { currencyOf } from '../../workflows/domain/price.ts';
import { idParams } from '../http/fields.ts';
import { notFound, Problem } from '../http/problem.ts';
import { defineCustomerRoute, type CustomerCall } from '../http/route.ts';
import { NO_PAYMENT_PAGE, unavailable } from '../http/unless-away.ts';
import { cardAnswerSchema, stripePageSchema } from '../people/customer-schema.ts';
import { siteUrl } from '../platform/site-url.ts';
import type { RequestDeps } from '../verbs/ask-of-request.ts';
import { myCardsSchema } from './my-card-schema.ts';
import { answerOfCard, keyOfRequest, payable } from './new-card.ts';

const tag = 'Customer';
const cardId = z.string().regex(/^[\w-]{1,255}$/, 'must be the id of a card');
const params = z.strictObject({ cardId });

export type MyCardDeps = RequestDeps & {
  stripe: Pick<StripeGateway, 'createSetupCheckout' | 'readMethods' | 'useByDefault' | 'useFor' | 'removeMethod'>;
};

type AnyCall<Params = unknown> = CustomerCall<Params, unknown, unknown>;

const away = unavailable('Stripe cannot be reached, and your cards are kept there.');

/** The customer in one Stripe account, and what can be charged there. */
type Place = CustomerIn & { methods: Methods };

/**
 * What the contact has, and the customers that they are at Stripe: one for each Stripe account on
 * which they have bought [R22.5], read there [R12.1].
 */
async function readCards({ em, contact }: AnyCall, { stripe }: MyCardDeps) {
  const [owned, customers] = [await ownPurchases(em, contact), await customersOf(em, contact)];
  const read = async (one: CustomerIn): Promise<Place> => {
    const methods = await stripe.readMethods(one.customerId, one.stripeAccount).catch(away);
    return { ...one, methods };
  };
  return { owned, places: await Promise.all(customers.map(read)) };
}

type Cards = Awaited<ReturnType<typeof readCards>>;

const toCards = ({ owned, places }: Cards, now: Instant): z.input<typeof myCardsSchema> => ({
  data: places.flatMap((place) => cardsIn(place, owned, now)),
});

const cardsIn = ({ methods }: Place, owned: readonly OwnPurchase[], now: Instant) =>
  methods.methods.map((method) => ({
    id: method.methodId,
    kind: method.kind,
    name: methodInWords(method),
    brand: method.brand,
    last4: method.last4,
    expMonth: method.expMonth,
    expYear: method.expYear,
    hasExpired: hasExpired(method, now),
    wallet: method.wallet,
    isDefault: method.methodId === methods.defaultId,
    uses: usesOf(method, owned, methods),
    couldPayFor: chargedIn(methods, owned)
      .filter(({ methodId }) => methodId !== method.methodId)
      .map(({ own }) => own.purchase.id),
  }));

/** A card is good to the end of its month. */
const hasExpired = ({ expMonth, expYear }: Method, now: Instant): boolean =>
  expMonth !== null && expYear !== null && `${expYear}-${String(expMonth).padStart(2, '0')}` < now.slice(0, 7);

/** What is charged in a Stripe account, and to which of the cards there. */
const chargedIn = ({ usedBy }: Methods, owned: readonly OwnPurchase[]) =>
  owned.flatMap((own) => {
    const { billing } = own.purchase.snapshot;
    const methodId = isLive(billing) ? usedBy[subscriptionIdOf(billing) ?? ''] : undefined;
    return methodId === undefined ? [] : [{ own, methodId }];
  });

const usesOf = (method: Method, owned: readonly OwnPurchase[], methods: Methods) =>
  chargedIn(methods, owned)
    .filter(({ methodId }) => methodId === method.methodId)
    .map(({ own: { purchase, offer } }) => ({
      purchaseId: purchase.id,
      offer: { id: offer.id, name: offer.name },
      nextCharge: nextCharge(purchase.snapshot),
    }));

/** One of theirs, and where it is; another's is as if it were not there. */
async function oneOf(call: AnyCall<{ cardId: string }>, deps: MyCardDeps) {
  const cards = await readCards(call, deps);
  for (const place of cards.places) {
    const card = place.methods.methods.find(({ methodId }) => methodId === call.params.cardId);
    if (card) return { cards, card, place };
  }
  throw notFound('card');
}

const list = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/cards',
  tag,
  operationId: 'listMyCards',
  summary: 'List all cards, and what each of them pays for',
  description: 'Asks Stripe: 503 where Stripe cannot be reached.',
  answers: { 200: myCardsSchema },
  problems: [503],
  handle: async (call, deps: MyCardDeps) => ({ status: 200, body: toCards(await readCards(call, deps), call.now) }),
});

const begin = defineCustomerRoute({
  method: 'post',
  path: '/v1/me/card-session',
  tag,
  operationId: 'beginNewCard',
  audit: { none: 'Begins what another route ends.' },
  summary: "Begin to add a card: Stripe's page, where it is left",
  body: z.strictObject({}),
  example: {},
  answers: { 201: stripePageSchema },
  problems: [409, 503],
  writes: 'own',
  async handle(call, deps: MyCardDeps) {
    const { contact, account } = call;
    const { owned, places } = await readCards(call, deps);
    // Where something is charged; else where the site sells now.
    const place = places.find(({ methods }) => chargedIn(methods, owned).length > 0) ?? places[0];
    const currency = owned.map(({ purchase }) => currencyOf(purchase.snapshot.terms.price)).find((one) => one !== null);
    if (!place || currency == null)
      throw new Problem(409, 'wrong_state', { detail: 'Nothing was ever paid here, so no card is needed.' });
    const cards = `${siteUrl(deps.publicUrl, account)}/billing/cards`;
    const urls = { successUrl: `${cards}?notice=card-added`, cancelUrl: cards };
    const input = { customerId: place.customerId, purchaseId: null, currency, ...urls };
    const session = await deps.stripe
      .createSetupCheckout(input, keyOfRequest(`setup:${contact.id}`, call), place.stripeAccount)
      .catch(unavailable(NO_PAYMENT_PAGE));
    return { status: 201, body: { url: session.url, expiresAt: session.expiresAt } };
  },
});

const one = { tag, params, answers: { 200: myCardsSchema }, problems: [404, 409, 503], writes: 'own' } as const;

const makeDefault = defineCustomerRoute({
  ...one,
  method: 'post',
  path: '/v1/me/cards/{cardId}/default',
  operationId: 'makeCardDefault',
  audit: { left: ['contact.card_chosen'] },
  summary: 'Use a card for whatever has no card of its own',
  body: z.strictObject({}),
  example: {},
  async handle(call, deps: MyCardDeps) {
    const { card, place } = await oneOf(call, deps);
    const key = keyOfRequest(`default:${card.methodId}`, call);
    await deps.stripe.useByDefault(place.customerId, card.methodId, key, place.stripeAccount).catch(away);
    await tell(call.em, { kind: 'contact.card_chosen', subjectId: call.contact.id, after: { for: 'all' } });
    return { status: 200, body: toCards(await readCards(call, deps), call.now) };
  },
});

const remove = defineCustomerRoute({
  ...one,
  method: 'delete',
  path: '/v1/me/cards/{cardId}',
  operationId: 'removeCard',
  audit: { left: ['contact.card_removed'] },
  summary: 'Remove a card that pays for nothing',
  async handle(call, deps: MyCardDeps) {
    const { cards, card, place } = await oneOf(call, deps);
    const uses = usesOf(card, cards.owned, place.methods);
    if (uses.length > 0) throw inUse(uses);
    await deps.stripe
      .removeMethod(card.methodId, keyOfRequest(`remove:${card.methodId}`, call), place.stripeAccount)
      .catch(away);
    await tell(call.em, { kind: 'contact.card_removed', subjectId: call.contact.id });
    return { status: 200, body: toCards(await readCards(call, deps), call.now) };
  },
});

function inUse(uses: ReturnType<typeof usesOf>): Problem {
  const names = uses.map(({ offer }) => offer.name).join(', ');
  const detail = `It pays for ${names}. Choose another card for that first.`;
  return new Problem(409, 'card_in_use', { detail, purchaseIds: uses.map(({ purchaseId }) => purchaseId) });
}

const move = defineCustomerRoute({
  method: 'post',
  path: '/v1/me/purchases/{purchaseId}/payment-method',
  tag,
  operationId: 'movePurchaseToCard',
  audit: { left: ['contact.card_chosen'] },
  summary: 'Pay for one purchase with another of the cards; what is overdue is tried at once',
  params: idParams('purchaseId'),
  body: z.strictObject({ cardId }),
  example: { cardId: 'pm_1Qexample' },
  answers: { 200: cardAnswerSchema },
  problems: [404, 409, 503],
  writes: 'own',
  async handle(call, deps: MyCardDeps) {
    const { state, subscriptionId, customerId } = await payable(call);
    const { cardId: methodId } = call.body;
    const stripeAccount = await stripeAccountOf(call.em, state.purchaseId);
    const { methods } = await deps.stripe.readMethods(customerId, stripeAccount).catch(away);
    if (!methods.some((method) => method.methodId === methodId)) throw notFound('card');
    await deps.stripe
      .useFor(subscriptionId, methodId, keyOfRequest(`use:${subscriptionId}:${methodId}`, call), stripeAccount)
      .catch(away);
    const { purchaseId } = state;
    await tell(call.em, { kind: 'contact.card_chosen', subjectId: call.contact.id, after: { purchaseId } });
    return answerOfCard(call, { state, methodId, keyed: null }, deps);
  },
});

export const myCardRoutes = { list, begin, makeDefault, remove, move };
