import { z } from 'zod';
import { BLOCK_SOURCES } from '../../workflows/domain/access.ts';
import { BILLING_STATUSES, CANCEL_CAUSES } from '../../workflows/domain/billing.ts';
import { DUE_KINDS } from '../../workflows/domain/due.ts';
import { ENTRY_TYPES } from '../../workflows/domain/outcome.ts';
import { REFUSAL_CODES } from '../../workflows/domain/refusals.ts';
import { VERB_NAMES } from '../../workflows/domain/verb.ts';
import { WARNINGS } from '../../workflows/verbs/preview.ts';
import { id, instant } from './fields.ts';
import { priceSchema } from './offer.ts';

const at = instant.nullable();
export const billingStatus = z.enum(BILLING_STATUSES);
export const accessStatus = z.enum(['full', 'partial', 'none']);

export const actorSchema = z
  .strictObject({
    kind: z.enum(['admin', 'operator', 'api_key', 'customer', 'automation', 'system', 'stripe']),
    id: z.string().nullable(),
    role: z.string().optional(),
    email: z.string().nullable(),
  })
  .meta({ id: 'Actor', description: 'Who did it; the email is that of an admin or operator.' });

export const dueSchema = z
  .strictObject({ kind: z.enum(DUE_KINDS), at: instant, owner: z.enum(['perennial', 'stripe']) })
  .meta({ id: 'Due' });

const refundSchema = z
  .strictObject({
    id: z.string(),
    amountMinor: z.int().meta({ description: 'Negative.' }),
    currency: z.string(),
    status: z.enum(['pending', 'succeeded', 'failed']),
    commandId: id.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Refund' });

export const paymentSchema = z
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
  })
  .meta({ id: 'Payment' });

const summary = {
  id,
  contactId: id,
  offerId: id,
  origin: z.enum(['bought', 'granted']),
  bornAt: at,
  version: z.int(),
  billingStatus,
  accessStatus,
  cancelAt: at,
  accessUntil: at,
  nextChargeAt: at,
  nextDueAt: at,
  nextDueKind: z.enum(DUE_KINDS).nullable(),
  needsAttention: z.boolean(),
  stuckReason: z.string().nullable(),
  duplicateOf: id.nullable(),
  warnings: z.array(z.enum(WARNINGS)),
};

const names = {
  contact: z.strictObject({ id, email: z.string(), name: z.string().nullable() }),
  offer: z.strictObject({ id, name: z.string() }),
};

export const purchaseSummarySchema = z.strictObject({ ...summary, ...names }).meta({ id: 'PurchaseSummary' });

const blockSchema = z.strictObject({ source: z.enum(BLOCK_SOURCES), since: instant, by: actorSchema.nullable() });
const pauseSchema = z.strictObject({ since: instant, access: z.enum(['keep', 'suspend']), resumeAt: at });
const cancellationSchema = z.strictObject({ at: instant, cause: z.enum(CANCEL_CAUSES), askedAt: instant });
const endedSchema = z.strictObject({
  at: instant,
  cause: z.enum(CANCEL_CAUSES),
  by: actorSchema,
  endsAccess: z.boolean(),
});
const overdueSchema = z.strictObject({
  since: instant,
  invoiceId: z.string(),
  amountMinor: z.int(),
  attempts: z.int(),
  nextTryAt: at,
});

const billingSchema = z.strictObject({
  status: billingStatus,
  subscriptionId: z.string().nullable(),
  periodStart: at,
  periodEnd: at,
  trialEndsAt: at,
  overdueSince: at,
  overdue: overdueSchema.nullable(),
  pause: pauseSchema.nullable(),
  cancellation: cancellationSchema.nullable(),
  ended: endedSchema.nullable(),
});

export const purchaseSchema = z
  .strictObject({
    ...summary,
    ...names,
    now: instant,
    workflowId: z.string(),
    price: priceSchema,
    billing: billingSchema.nullable().meta({ description: 'null: a grant or a free offer [R12.3].' }),
    products: z.array(
      z.strictObject({ productId: id, name: z.string(), open: z.boolean(), blocks: z.array(blockSchema), until: at }),
    ),
    payments: z.array(paymentSchema),
    refundWindow: z
      .strictObject({ state: z.enum(['open', 'closed', 'used']), opensAt: instant, closesAt: instant })
      .nullable(),
    pending: z.strictObject({ commandId: z.string(), verb: z.string(), askedAt: instant }).nullable(),
    attention: z
      .strictObject({ reason: z.string(), since: instant, commandId: z.string(), verb: z.string() })
      .nullable(),
    due: z.array(dueSchema),
    legalVerbs: z.array(z.enum(VERB_NAMES)),
    illegalVerbs: z.array(
      z.strictObject({ verb: z.enum(VERB_NAMES), code: z.enum(REFUSAL_CODES), reason: z.string() }),
    ),
  })
  .meta({ id: 'Purchase' });

const standingSchema = z
  .strictObject({ billingStatus, accessStatus })
  .meta({ id: 'Standing', description: 'Both axes before or after a verb; null on what is no verb [R6.4].' });

export const timelineSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        id,
        type: z.enum(ENTRY_TYPES),
        at: instant,
        actor: actorSchema,
        commandId: id.nullable(),
        reason: z.string().nullable(),
        data: z.record(z.string(), z.unknown()),
        before: standingSchema.nullable(),
        after: standingSchema.nullable(),
      }),
    ),
    due: z.array(dueSchema),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Timeline' });
