import { z } from 'zod';
import { REFUND_TROUBLES, type PurchaseFilter } from '../../db/purchase/purchases.ts';
import { namesOver } from '../http/counts.ts';
import { boundAt, dayOrInstant, DATES } from '../http/day-or-instant.ts';
import { givenId, includeTest, onlyTrue, part, SHORT_PART, truth } from '../http/fields.ts';
import { accessStatus, billingStatus } from './purchase-schema.ts';

/** What a list of purchases, and a count of them, can be asked for. */
export const filter = {
  billingStatus: billingStatus.optional(),
  accessStatus: accessStatus.optional(),
  offerId: givenId.optional(),
  promotionCodeId: givenId.optional().describe('Bought with this code.'),
  contactId: givenId.optional(),
  forAccountId: givenId.optional().describe('For this account.'),
  needsAttention: truth.optional(),
  billingWithoutAccess: truth.optional().describe('Billing goes on although access is gone.'),
  pendingCancellation: truth.optional(),
  waitsForStripe: onlyTrue.optional().describe('A verb that Stripe has not answered for longer than it usually takes.'),
  refunds: z
    .enum(REFUND_TROUBLES)
    .optional()
    .describe('`pending`: a refund is on its way; `failed`: one has failed, and none of its payment was made since.'),
  startedAtFrom: dayOrInstant.optional().describe(`Bought or granted at this instant or later. ${DATES}`),
  startedAtTo: dayOrInstant.optional().describe(`Bought or granted before this instant. ${DATES}`),
  nextChargeAtFrom: dayOrInstant.optional().describe(`The next charge is at this instant or later. ${DATES}`),
  nextChargeAtTo: dayOrInstant.optional().describe(`The next charge is before this instant. ${DATES}`),
  cancelAtFrom: dayOrInstant.optional().describe(`Its cancellation is at this instant or later. ${DATES}`),
  cancelAtTo: dayOrInstant.optional().describe(`Its cancellation is before this instant. ${DATES}`),
  q: part.optional().describe(`Words of the contact's address or name. ${SHORT_PART}`),
  includeTest,
};

const BOUNDS = [
  'startedAtFrom',
  'startedAtTo',
  'nextChargeAtFrom',
  'nextChargeAtTo',
  'cancelAtFrom',
  'cancelAtTo',
] as const;

/** With its dates as the instants at which they begin in the zone. */
export function bounded<Given extends PurchaseFilter>(given: Given, timeZone: string): Given {
  const bounds = BOUNDS.map((name) => [name, boundAt(given[name], timeZone)] as const);
  return { ...given, ...Object.fromEntries(bounds) };
}

const counts = z.strictObject({
  all: z.int(),
  needsAttention: z.int(),
  pastDue: z.int(),
  trialing: z.int(),
  paused: z.int(),
  canceling: z.int().describe('With a pending cancellation.'),
  billingWithoutAccess: z.int(),
  waitsForStripe: z.int(),
  refundsPending: z.int(),
  refundsFailed: z.int(),
});
/** By what people look for most. */
export const purchaseCounts = counts.extend({ over: namesOver(counts.keyof().options) }).meta({ id: 'PurchaseCounts' });
