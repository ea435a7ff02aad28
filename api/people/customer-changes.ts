import { z } from 'zod';
import { productsOf } from '../../db/catalog/offers.ts';
import { termsOf } from '../../db/catalog/terms-of.ts';
import { Offer } from '../../db/entities/offer.ts';
import { pendingChangeOf, periodEndOf } from '../../workflows/domain/billing-parts.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { selfChangeTo } from '../../workflows/domain/self-change.ts';
import { selfChangeOf, type SelfChange } from '../../workflows/domain/settings.ts';
import { mayUndoChange } from '../../workflows/verbs/by-customer.ts';
import { idParams } from '../http/fields.ts';
import { invalid, Problem } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineCustomerRoute } from '../http/route.ts';
import { askVerb, type VerbDeps } from '../verbs/ask-verb.ts';
import { isRepeat, ownVerb, theirPurchase, verbCall, type OneCall } from './customer-purchases.ts';
import {
  acceptedSchema,
  changeBody,
  myChangeAnswer,
  myVerbAnswer,
  ownChoiceSchema,
  undoBody,
} from './customer-verb-schema.ts';

type Choice = { offer: Offer; when: 'now' | 'period_end' };

const toApiChoice = ({ offer: { id, name, description, price }, when }: Choice): z.input<typeof ownChoiceSchema> => ({
  id,
  name,
  description,
  price,
  when,
});

/** What a customer may make of a purchase by themselves, the oldest offer first [R26.4]. */
async function choicesOf({ em, account }: OneCall<unknown>, { terms }: PurchaseState): Promise<Choice[]> {
  const allowed: SelfChange = selfChangeOf(account.settings);
  if (allowed === 'off' || terms.group == null) return [];
  const offers = await em.find(Offer, { groupName: terms.group, archivedAt: null }, { orderBy: { id: 'asc' } });
  return offers.flatMap((offer) => {
    const when = selfChangeTo(terms, termsOf(offer), allowed);
    return when === null ? [] : [{ offer, when }];
  });
}

const choices = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/purchases/{purchaseId}/offers',
  tag: 'Customer',
  operationId: 'listOffersForMyPurchase',
  summary: 'List the offers to which the customer may change a purchase by themselves',
  params: idParams('purchaseId'),
  answers: { 200: z.strictObject({ data: z.array(ownChoiceSchema) }) },
  async handle(call) {
    const { snapshot } = await theirPurchase(call.em, call.contact, call.params.purchaseId);
    return { status: 200, body: { data: (await choicesOf(call, snapshot)).map(toApiChoice) } };
  },
});

const change = defineCustomerRoute({
  ...ownVerb,
  path: '/v1/me/purchases/{purchaseId}/change-offer',
  operationId: 'changeOfferOfMyPurchase',
  audit: leavesCommand('change-offer'),
  summary: 'Change to another offer of the group, if the site lets its customers do so',
  description:
    'An offer that costs more by the month is begun at once, and the difference is charged; another one with the end of the period.',
  body: changeBody,
  example: { offerId: '0198c0de-0000-7000-8000-000000000009', dryRun: true },
  answers: { 200: myChangeAnswer, 202: acceptedSchema },
  async handle(call: OneCall<z.output<typeof changeBody>>, deps: VerbDeps) {
    const { snapshot } = await theirPurchase(call.em, call.contact, call.params.purchaseId);
    const chosen = await chosenBy(call, snapshot);
    const { when } = chosen ?? { when: 'now' };
    const body = { ...call.body, when, proration: 'prorate' };
    const products = chosen && (await productsThatChange(call, snapshot, chosen.offer));
    const at = when === 'now' ? call.now : (periodEndOf(snapshot.billing) ?? call.now);
    const shown = verbCall(call, body, deps, ({ planHash, money }) => ({
      planHash,
      money,
      at,
      offer: chosen && toApiChoice(chosen),
      ...products,
    }));
    return askVerb('change-offer', shown, deps);
  },
});

/** null = it was chosen before, and the answer is the same. */
async function chosenBy(call: OneCall<z.output<typeof changeBody>>, state: PurchaseState): Promise<Choice | null> {
  const chosen = (await choicesOf(call, state)).find(({ offer }) => offer.id === call.body.offerId);
  if (chosen) return chosen;
  if (await isRepeat(call)) return null;
  if (selfChangeOf(call.account.settings) === 'off' || state.terms.group == null)
    throw new Problem(403, 'forbidden', { detail: 'This site changes it for you: write to its support.' });
  throw invalid('offerId', 'must be one of the offers to which this purchase may be changed', 'wrong_offer');
}

/** By name: what opens with the other offer, and what ends. */
async function productsThatChange({ em }: OneCall<unknown>, { terms }: PurchaseState, { productIds }: Offer) {
  const products = await productsOf(em, [terms, { productIds }]);
  const names = (ids: string[]): string[] => ids.flatMap((id) => products.get(id)?.name ?? []);
  return {
    newProducts: names(productIds.filter((id) => !terms.productIds.includes(id))),
    endingProducts: names(terms.productIds.filter((id) => !productIds.includes(id))),
  };
}

const undo = defineCustomerRoute({
  ...ownVerb,
  path: '/v1/me/purchases/{purchaseId}/undo-change-offer',
  operationId: 'undoChangeOfferOfMyPurchase',
  audit: leavesCommand('undo-change-offer'),
  summary: 'Take back a change of offer that the customer asked for, while it is pending',
  body: undoBody,
  example: {},
  answers: { 200: myVerbAnswer, 202: acceptedSchema },
  async handle(call: OneCall<z.output<typeof undoBody>>, deps: VerbDeps) {
    const { snapshot } = await theirPurchase(call.em, call.contact, call.params.purchaseId);
    if (pendingChangeOf(snapshot.billing) !== null && !mayUndoChange(snapshot, call.now))
      throw new Problem(403, 'forbidden', { detail: 'The site has planned this change: write to its support.' });
    return askVerb('undo-change-offer', verbCall(call, call.body, deps), deps);
  },
});

export const customerChangeRoutes = { choices, change, undo };
