import { z } from 'zod';
import type { Contact } from '../../db/entities/contact.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { findRequest } from '../../db/inbox/idempotency.ts';
import { ownPurchase, ownPurchases, type OwnPurchase } from '../../db/people/customer.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { instalmentsOf } from '../../workflows/domain/instalments.ts';
import type { Money } from '../../workflows/domain/money.ts';
import { selfCancelOf } from '../../workflows/domain/settings.ts';
import { asksByRequest } from '../../workflows/domain/cancellation-request.ts';
import { askVerb, type VerbDeps } from '../verbs/ask-verb.ts';
import { invalid, notFound, Problem } from '../http/problem.ts';
import { leavesCommand } from '../http/audit.ts';
import { defineCustomerRoute, type CustomerCall, type Served, type Team } from '../http/route.ts';
import { myPurchaseSchema } from './customer-schema.ts';
import { acceptedSchema, cancelBody, myVerbAnswer, undoBody } from './customer-verb-schema.ts';
import type { previewSchema } from '../inbox/command-schema.ts';
import { idParams } from '../http/fields.ts';
import type { AskedBody } from '../verbs/asked-verb.ts';
import { siteUrl } from '../platform/site-url.ts';
import { offeredInstead, toApiRetention } from './offered-instead.ts';
import { toMyPurchase } from './customer-view.ts';
import { mayUndo, pendingCancellation } from '../../workflows/verbs/by-customer.ts';

const tag = 'Customer';

export type OneCall<Body> = CustomerCall<{ purchaseId: string }, unknown, Body>;

/** The contact's own purchase; anybody else's is not there [R24.3]. */
async function theirs(em: Scoped, contact: Contact, id: string): Promise<OwnPurchase> {
  const [own] = await ownPurchases(em, contact, id);
  if (!own) throw notFound('purchase');
  return own;
}

/** The same purchase, where nothing is shown of what is in it. */
export async function theirPurchase(em: Scoped, contact: Contact, id: string, team?: Team): Promise<Purchase> {
  const purchase = await ownPurchase(em, contact, id, team?.forAccountId);
  if (!purchase) throw notFound('purchase');
  return purchase;
}

const list = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/purchases',
  tag,
  operationId: 'listMyPurchases',
  summary: "List the customer's purchases, the newest first: state, money, what comes next",
  answers: { 200: z.strictObject({ data: z.array(myPurchaseSchema) }) },
  async handle({ em, contact, now, account }, { publicUrl }: VerbDeps) {
    const purchases = await ownPurchases(em, contact);
    const site = siteUrl(publicUrl, account);
    return { status: 200, body: { data: purchases.map((own) => toMyPurchase(own, now, site)) } };
  },
});

const read = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/purchases/{purchaseId}',
  tag,
  operationId: 'getMyPurchase',
  summary: "Read one of the customer's purchases",
  params: idParams('purchaseId'),
  answers: { 200: myPurchaseSchema },
  async handle({ em, contact, now, params, account }, { publicUrl }: VerbDeps) {
    const own = await theirs(em, contact, params.purchaseId);
    return { status: 200, body: toMyPurchase(own, now, siteUrl(publicUrl, account)) };
  },
});

export const ownVerb = {
  method: 'post',
  tag,
  params: idParams('purchaseId'),
  location: '/v1/me/purchases/{purchaseId}',
  problems: [402, 403, 409],
  writes: 'own',
} as const;

const verb = { ...ownVerb, answers: { 200: myVerbAnswer, 202: acceptedSchema } } as const;

/** The same key was sent before: it gets the same answer, whatever has become of the purchase. */
export const isRepeat = async ({ em, keyed }: OneCall<unknown>): Promise<boolean> =>
  keyed !== null && (await findRequest(em, keyed)) !== null;

/** Always with the paid period; two steps or one is the pages' matter [R9.3]. */
const cancel = defineCustomerRoute({
  ...verb,
  path: '/v1/me/purchases/{purchaseId}/cancel',
  operationId: 'cancelMyPurchase',
  audit: leavesCommand('cancel'),
  summary: 'Cancel a subscription with the end of its paid period, if the site lets its customers do so',
  body: cancelBody,
  example: { feedback: 'No time at the moment' },
  async handle(call, deps: VerbDeps) {
    const purchase = await theirPurchase(call.em, call.contact, call.params.purchaseId);
    if (asksByRequest(purchase.snapshot))
      throw new Problem(403, 'forbidden', { detail: 'This is canceled by a request: ask for it instead.' });
    // The verb itself refuses a payment plan, whatever the setting [R9.1].
    const isPlan = instalmentsOf(purchase.snapshot.billing) !== null;
    if (!isPlan && !selfCancelOf(call.account.settings).isOn)
      throw new Problem(403, 'forbidden', { detail: 'This site cancels for you: write to its support.' });
    if (pendingCancellation(purchase.snapshot) !== null && !(await isRepeat(call)))
      throw new Problem(409, 'wrong_state', { detail: 'It is canceled already, as of a date that is still to come.' });
    const { feedback, reason, ...asked } = call.body;
    if (reason !== undefined && !selfCancelOf(call.account.settings).reasons.includes(reason))
      throw invalid('reason', 'must be one of the reasons that the site lists');
    const offered = await offeredInstead(call, purchase);
    const said = { ...(feedback && { feedback }), ...(reason !== undefined && { customerReason: reason }) };
    // Who has seen no preview was offered nothing.
    const notTaken = asked.planHash !== undefined && offered ? { offered: offered.kind } : {};
    const body = { ...asked, ...said, ...notTaken, when: 'period_end', cancelAt: null };
    const retention = toApiRetention(offered, call.account);
    const shown = verbCall(call, body, deps, (previewed) => ({ ...toMyPreview(previewed), retention }));
    return askVerb('cancel', shown, deps);
  },
});

const undo = defineCustomerRoute({
  ...verb,
  path: '/v1/me/purchases/{purchaseId}/undo-cancel',
  operationId: 'undoCancelMyPurchase',
  audit: leavesCommand('undo-cancel'),
  summary: 'Take back a cancellation that the customer asked for, while it is pending',
  body: undoBody,
  example: {},
  async handle(call, deps: VerbDeps) {
    const purchase = await theirPurchase(call.em, call.contact, call.params.purchaseId);
    if (pendingCancellation(purchase.snapshot) !== null && !mayUndo(purchase.snapshot, call.now))
      throw new Problem(403, 'forbidden', { detail: 'The site set this end: write to its support.' });
    return askVerb('undo-cancel', verbCall(call, call.body, deps), deps);
  },
});

/** The verb is the same as an admin's; that it is the customer's own decides its cause [R8.4]. */
export const verbCall = (
  call: OneCall<unknown>,
  body: AskedBody & object,
  { publicUrl }: VerbDeps,
  show: ShowsPreview = toMyPreview,
) => ({
  ...call,
  body,
  caller: { actor: { kind: 'customer', id: call.contact.id } as const },
  view: (served: Served) => answered(served, call, publicUrl, show),
});

type Previewed = z.output<typeof previewSchema>;
type ShowsPreview = (preview: Previewed) => object;

const toMyPreview: ShowsPreview = ({ planHash, money, after: { cancelAt, nextChargeAt } }) => ({
  planHash,
  cancelAt,
  nextChargeAt,
  nextCharge: goesOn(money),
  retention: null,
});

/** What an admin would be told, cut down to what a customer may know. */
export async function answered(
  { status, body, headers }: Served,
  call: OneCall<unknown>,
  publicUrl: string,
  show: ShowsPreview = toMyPreview,
): Promise<Served> {
  if (status === 202) return { status, body: { status: 'pending' } };
  if (status >= 400) return { status, body, headers };
  const told = body as { status?: string };
  if (told.status === 'preview') return { status, body: { status: 'preview', ...show(body as Previewed) } };
  const own = await theirs(call.em.fork(), call.contact, call.params.purchaseId);
  const purchase = toMyPurchase(own, call.now, siteUrl(publicUrl, call.account));
  return { status, body: { status: 'applied', purchase }, headers };
}

/** What is charged next where the verb lets billing go on. */
function goesOn(effects: Previewed['money']): Money | null {
  const effect = effects.find(({ kind }) => kind === 'charges_continue');
  return effect?.kind === 'charges_continue' ? { amountMinor: effect.amountMinor, currency: effect.currency } : null;
}

export const customerPurchaseRoutes = { list, read, cancel, undo };
