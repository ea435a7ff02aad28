import { z } from 'zod';
import {
  changeItems,
  invoicePending,
  requirePaid,
  moveTrial,
  naturalPeriodEnd,
  pauseCollection,
  planCancellation,
  type ItemsChange,
} from '../billing/amend.ts';
import { setDiscounts } from '../billing/discounts.ts';
import type { Books } from '../data/books.ts';
import { hasEnded } from '../data/due.ts';
import type { Subscription } from '../data/docs.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { emptyable, expand, flag, ignored, integer, metadata, text } from '../protocol/fields.ts';
import { route } from './route.ts';
import { ownMethod } from '../payments/methods.ts';
import { mergeMetadata } from './metadata.ts';
import { cancellationDetails, givenDiscount, priceOf, trialSettings } from './subscriptions.ts';

const pause = z.strictObject({
  behavior: z.enum(['keep_as_draft', 'mark_uncollectible', 'void']),
  resumes_at: emptyable(integer).optional(),
});

/** What of its items is changed; the preview of an invoice takes the same. */
export const itemChanges = z
  .array(z.strictObject({ id: text, price: text.optional(), quantity: integer.optional(), ...ignored('metadata') }))
  .optional();
export const billingAnchor = z.strictObject({ type: z.enum(['now', 'unchanged']) }).optional();
export const prorationBehaviour = z.enum(['always_invoice', 'create_prorations', 'none']).optional();

const update = z.strictObject({
  billing_cycle_anchor: billingAnchor,
  cancel_at: emptyable(integer).optional(),
  cancel_at_period_end: flag.optional(),
  cancellation_details: cancellationDetails,
  default_payment_method: emptyable(text).optional(),
  description: emptyable(text).optional(),
  discounts: emptyable(z.array(givenDiscount)).optional(),
  metadata: metadata.optional(),
  expand,
  items: itemChanges,
  pause_collection: emptyable(pause).optional(),
  payment_behavior: z.enum(['allow_incomplete', 'error_if_incomplete']).optional(),
  proration_behavior: prorationBehaviour,
  proration_date: integer.optional(),
  trial_end: z.union([z.literal('now'), integer]).optional(),
  trial_settings: trialSettings,
  ...ignored('off_session', 'payment_settings', 'automatic_tax'),
});

type Update = z.output<typeof update>;

const ONLY_WORDS = ['metadata', 'cancellation_details', 'expand'];

export const subscriptionUpdateRoutes = [
  route('POST', '/v1/subscriptions/:id', update, ({ books, id, params }) => {
    const subscription = books.need('subscription', id);
    if (hasEnded(subscription) && Object.keys(params).some((name) => !ONLY_WORDS.includes(name))) {
      throw invalidRequest('A canceled subscription can only update its cancellation_details and metadata.');
    }
    const at = books.customerTime(subscription.customer);
    relabel(books, subscription, params);
    if (params.pause_collection !== undefined) {
      const wanted = params.pause_collection;
      pauseCollection(subscription, wanted && { behavior: wanted.behavior, resumes_at: wanted.resumes_at ?? null }, at);
    }
    rebill(books, subscription, params, at);
    return books.change(subscription, at, 'customer.subscription.updated');
  }),
];

function relabel(books: Books, subscription: Subscription, params: Update): void {
  const { default_payment_method: method, cancellation_details: details, trial_settings: trial } = params;
  if (method) ownMethod(books, method, subscription.customer, 'default_payment_method');
  if (method !== undefined) subscription.default_payment_method = method;
  if (params.description !== undefined) subscription.description = params.description;
  subscription.metadata = mergeMetadata(subscription.metadata, params.metadata);
  if (details?.comment !== undefined) subscription.cancellation_details.comment = details.comment;
  if (details?.feedback !== undefined) subscription.cancellation_details.feedback = details.feedback || null;
  if (trial) subscription.trial_settings = trial;
}

/**
 * What changes the bill: items, trial, planned end; `always_invoice` bills the difference at once.
 */
function rebill(books: Books, subscription: Subscription, params: Update, at: number): void {
  const behaviour = params.proration_behavior ?? 'create_prorations';
  const { latest_invoice: before } = subscription;
  const change = itemsChangeOf(books, params, at);
  if (change) changeItems(books, subscription, change, at);
  else if (params.discounts !== undefined) setDiscounts(books, subscription, params.discounts ?? [], at);
  if (params.trial_end !== undefined) moveTrial(books, subscription, params.trial_end, at);
  const plan = plannedEnd(subscription, params);
  if (plan !== undefined && subscription.schedule) throw managed(subscription.schedule);
  if (plan !== undefined) planCancellation(books, subscription, { plan, behaviour }, at);
  if (behaviour === 'always_invoice') invoicePending(books, subscription, at);
  const isToBePaid = params.payment_behavior === 'error_if_incomplete' && subscription.latest_invoice !== before;
  if (isToBePaid) requirePaid(books, subscription);
}

const managed = (schedule: string) =>
  invalidRequest(
    `The subscription is managed by the subscription schedule \`${schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`,
    'cancel_at',
  );

type Changing = {
  items?: z.output<typeof itemChanges>;
  billing_cycle_anchor?: z.output<typeof billingAnchor>;
  proration_behavior?: z.output<typeof prorationBehaviour>;
  proration_date?: number | undefined;
  discounts?: z.output<typeof givenDiscount>[] | null | undefined;
};

/** null: it changes no items and begins no new period. */
export function itemsChangeOf(books: Books, params: Changing, at: number): ItemsChange | null {
  const { items = [], billing_cycle_anchor, proration_behavior = 'create_prorations', proration_date = at } = params;
  const beginsAnew = billing_cycle_anchor?.type === 'now';
  if (items.length === 0 && !beginsAnew) return null;
  const changes = items.map(({ id, quantity, price }, index) => ({
    id,
    quantity,
    price: price ? priceOf(books, { price }, `items[${index}]`) : undefined,
  }));
  const discounts = params.discounts === undefined ? undefined : (params.discounts ?? []);
  return { changes, behaviour: proration_behavior, prorationDate: proration_date, beginsAnew, discounts };
}

/** undefined: unchanged; null: taken back. */
function plannedEnd(subscription: Subscription, params: Update): { at: number; periodEnd: boolean } | null | undefined {
  const { cancel_at, cancel_at_period_end } = params;
  if (cancel_at && cancel_at_period_end) {
    throw invalidRequest('You may only specify one of these parameters: cancel_at, cancel_at_period_end.', 'cancel_at');
  }
  if (cancel_at) return { at: cancel_at, periodEnd: false };
  if (cancel_at_period_end) return { at: naturalPeriodEnd(subscription), periodEnd: true };
  if (cancel_at === null) return null;
  return cancel_at_period_end === false && subscription.cancel_at_period_end ? null : undefined;
}
