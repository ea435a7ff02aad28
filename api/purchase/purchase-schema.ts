import { z } from 'zod';
import { EMAIL_STATES } from '../../db/entities/email.ts';
import { BILLING_KINDS } from '../../workflows/domain/billing-parts.ts';
import { BLOCK_SOURCES } from '../../workflows/domain/access.ts';
import { BILLING_STATUSES, CANCEL_CAUSES, CANCEL_FEEDBACKS, END_CAUSES } from '../../workflows/domain/billing.ts';
import { DUE_KINDS } from '../../workflows/domain/due.ts';
import { ATTENTION_REASONS } from '../../workflows/domain/pending.ts';
import { REFUSAL_CODES } from '../../workflows/domain/refusals.ts';
import {
  BOOKING_VERB_NAMES,
  DECISION_NAMES,
  ROLES,
  SYSTEM_VERB_NAMES,
  VERB_NAMES,
} from '../../workflows/domain/verb.ts';
import { WARNINGS } from '../../workflows/verbs/preview.ts';
import { DISPUTE_STATUSES } from '../../workflows/domain/payments.ts';
import { id, instant } from '../http/fields.ts';
import { codeUsedSchema, heldDiscountSchema } from '../catalog/promotion-code-schema.ts';
import { priceSchema } from '../catalog/offer-schema.ts';
import { pendingChangeSchema } from './pending-change-schema.ts';
import { termsSchema } from './terms-schema.ts';

const at = instant.nullable();
const money = z.strictObject({ amountMinor: z.int(), currency: z.string() });
export const commandName = z.enum([...VERB_NAMES, ...SYSTEM_VERB_NAMES, ...BOOKING_VERB_NAMES, ...DECISION_NAMES]);
export const billingStatus = z.enum(BILLING_STATUSES);
export const accessStatus = z.enum(['full', 'partial', 'none']);

export const actorSchema = z
  .strictObject({
    kind: z.enum(['admin', 'operator', 'api_key', 'customer', 'expert', 'automation', 'system', 'stripe']),
    id: z.string().nullable(),
    role: z.enum(ROLES).optional(),
    email: z.string().nullable(),
  })
  .meta({ id: 'Actor', description: 'Who did it; the email is that of an admin or operator.' });

export const dueSchema = z
  .strictObject({ kind: z.enum(DUE_KINDS), at: instant, owner: z.enum(['perennial', 'stripe']) })
  .meta({ id: 'Due' });

export const refundSchema = z
  .strictObject({
    id: z.string(),
    amountMinor: z.int().meta({ description: 'Negative.' }),
    currency: z.string(),
    status: z.enum(['pending', 'succeeded', 'failed']),
    commandId: id.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Refund' });

export const disputeSchema = z
  .strictObject({
    id: z.string(),
    status: z.enum(DISPUTE_STATUSES),
    amountMinor: z.int(),
    currency: z.string(),
    since: instant,
    reason: z.string().nullable().describe("Stripe's code for why; null: not known."),
    evidenceDueAt: at.describe('Until when Stripe takes evidence; null: not known, or none is asked for.'),
  })
  .meta({
    id: 'Dispute',
    description: 'An `inquiry` bars no refund; `open` and `lost` do. `closed`: an inquiry that came to nothing.',
  });

const paymentSchema = z
  .strictObject({
    id: z.string(),
    purchaseId: id,
    contactId: id,
    amountMinor: z.int(),
    currency: z.string(),
    refundedMinor: z.int(),
    paidAt: instant,
    periodStart: at,
    periodEnd: at,
    disputedAt: at,
    refunds: z.array(refundSchema),
    disputes: z.array(disputeSchema),
  })
  .meta({ id: 'PurchasePayment', description: 'A payment with what banks asked or claimed of it.' });

export const instalments = z.strictObject({ paid: z.int(), total: z.int() }).meta({ id: 'Instalments' });

export const leftToPay = money.describe(
  'What a payment plan still charges as things stand, discounts off; null: nothing more.',
);

const summary = {
  id,
  contactId: id,
  forAccountId: id.nullable().describe('The account that it is for; null = for the contact.'),
  offerId: id,
  origin: z.enum(['bought', 'granted']),
  startedAt: at,
  version: z.int(),
  billingStatus,
  accessStatus,
  cancelAt: at,
  accessUntil: at,
  nextChargeAt: at,
  nextCharge: money.nullable().describe('What is charged then; what is overdue comes first, in one sum.'),
  discount: heldDiscountSchema.nullable().describe('What lessens charges to come; null: nothing does.'),
  promotionCode: codeUsedSchema.nullable().describe('The code it was bought with.'),
  unpaid: money
    .extend({ since: instant, nextTryAt: at, declineCode: z.string().nullable() })
    .nullable()
    .describe('Everything that is overdue as one sum.'),
  paid: money.nullable().describe('What was paid, without what was refunded; null: nothing was ever paid.'),
  instalments: instalments.nullable().describe('Of a payment plan; null: it is none.'),
  leftToPay: leftToPay.nullable(),
  trialEndsAt: at.describe('While it is on trial.'),
  resumeAt: at.describe('When its pause ends; null also where it ends by hand.'),
  nextDueAt: at,
  nextDueKind: z.enum(DUE_KINDS).nullable(),
  needsAttention: z.boolean(),
  stuckReason: z.string().nullable(),
  duplicateOf: id.nullable(),
  warnings: z.array(z.enum(WARNINGS)),
};

export const names = {
  contact: z.strictObject({ id, email: z.string(), name: z.string().nullable() }),
  offer: z.strictObject({ id, name: z.string() }),
};

export const purchaseSummarySchema = z.strictObject({ ...summary, ...names }).meta({ id: 'PurchaseSummary' });

const blockSchema = z.strictObject({ source: z.enum(BLOCK_SOURCES), since: instant, by: actorSchema.nullable() });
const pauseSchema = z.strictObject({ since: instant, access: z.enum(['keep', 'suspend']), resumeAt: at });
const cancellationSchema = z.strictObject({ at: instant, cause: z.enum(CANCEL_CAUSES), askedAt: instant });
const cancelRequestSchema = z.strictObject({
  commandId: id,
  by: actorSchema,
  reason: z.string().nullable(),
  feedback: z.string().nullable(),
});
const endedSchema = z.strictObject({
  at: instant,
  cause: z.enum(END_CAUSES),
  by: actorSchema,
  endsAccess: z.boolean(),
});
const overdueSchema = z.strictObject({
  since: instant,
  invoiceId: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
  attempts: z.int(),
  nextTryAt: at,
  declineCode: z.string().nullable().describe("Stripe's code for why the last try failed; null: not known."),
  needsConfirmation: z.boolean().describe('The bank wants the customer to confirm the payment.'),
  needsNewCard: z
    .boolean()
    .describe('The bank refuses that card for good: neither Stripe nor `retry-payment` tries it again.'),
  suspendsAt: at.describe('From when on access is closed until it is paid; null: it closes none.'),
  confirmUrl: z.string().nullable().describe('Where the customer confirms it: a link to be given to them; else null.'),
});

const attentionSchema = z.strictObject({
  id: z.string(),
  reason: z.enum(ATTENTION_REASONS),
  since: instant,
  command: z.strictObject({ id: z.string(), verb: commandName }).nullable(),
});

const billingSchema = z.strictObject({
  kind: z.enum(BILLING_KINDS).describe('`one_time`: paid once. `none`: a grant, or a free offer.'),
  status: billingStatus,
  subscriptionId: z.string().nullable(),
  periodStart: at,
  periodEnd: at,
  trialEndsAt: at,
  perPeriod: money
    .nullable()
    .meta({ description: 'What each period is charged: the price, unless it was changed at Stripe.' }),
  overdueSince: at,
  cardEndsAt: at.describe('Until when the card is valid that is charged next; null: not known, or it has no end.'),
  pause: pauseSchema.nullable(),
  cancellation: cancellationSchema.nullable(),
  ended: endedSchema.nullable(),
  stripeFeedback: z
    .enum(CANCEL_FEEDBACKS)
    .nullable()
    .meta({ description: 'Why, as somebody who canceled at Stripe chose there.' }),
  cancelRequest: cancelRequestSchema
    .nullable()
    .meta({ description: 'Who asked for the end, and why; null: nobody here.' }),
});

export const purchaseSchema = z
  .strictObject({
    ...summary,
    ...names,
    now: instant,
    revision: z.int().meta({ description: 'Moves with every record; `version` only with lifecycle transitions.' }),
    workflowId: z.string(),
    stripeCustomerId: z.string().nullable().describe('Whose it is at Stripe; null: nothing was ever to be paid.'),
    price: priceSchema,
    terms: termsSchema,
    accessPeriod: z
      .strictObject({ startsAt: instant, endsAt: at })
      .nullable()
      .meta({ description: '[startsAt, endsAt); null = without end.' }),
    billing: billingSchema,
    pendingChange: pendingChangeSchema,
    products: z.array(
      z.strictObject({ productId: id, name: z.string(), open: z.boolean(), blocks: z.array(blockSchema), until: at }),
    ),
    payments: z.array(paymentSchema),
    refundWindow: z
      .strictObject({ state: z.enum(['open', 'closed', 'used']), opensAt: instant, closesAt: instant })
      .nullable(),
    pending: z.strictObject({ commandId: z.string(), verb: commandName, askedAt: instant }).nullable(),
    cancellationRequest: z
      .strictObject({ id, askedAt: instant, refundWanted: z.boolean() })
      .nullable()
      .describe('What its customer has asked for, while nobody has decided.'),
    attentions: z.array(attentionSchema).describe('What a person has to decide, the oldest first.'),
    overdue: z.array(overdueSchema).describe('Every open invoice that was tried, the oldest first.'),
    due: z.array(dueSchema),
    legalVerbs: z.array(z.enum(VERB_NAMES)),
    illegalVerbs: z.array(
      z.strictObject({ verb: z.enum(VERB_NAMES), code: z.enum(REFUSAL_CODES), reason: z.string() }),
    ),
  })
  .meta({ id: 'Purchase' });

/** The card of a purchase as of its last successful charge [R12.2]. */
export const purchaseCardSchema = z
  .strictObject({
    card: z
      .strictObject({ brand: z.string(), last4: z.string(), expMonth: z.int(), expYear: z.int() })
      .nullable()
      .describe('null: nothing was charged yet, or not by card.'),
    chargedAt: at,
  })
  .meta({ id: 'PurchaseCard' });

/** What whoever watches a purchase compares: when it differs, there is something new to read. */
export const purchaseRevisionSchema = z
  .strictObject({
    revision: z.int(),
    openCommands: z.int(),
    emails: z.partialRecord(z.enum(EMAIL_STATES), z.int()).describe('How many are in which state.'),
  })
  .meta({ id: 'PurchaseRevision' });
