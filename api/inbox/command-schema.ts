import { z } from 'zod';
import { creditEffectSchema } from '../credits/credit-schema.ts';
import { EMAIL_KINDS } from '../../emails/catalogue.ts';
import { CALL_CHANGES } from '../../workflows/verbs/call-effects.ts';
import { WARNINGS } from '../../workflows/verbs/preview.ts';
import { namesOver } from '../http/counts.ts';
import { problemSchema } from '../http/problem.ts';
import { id, instant } from '../http/fields.ts';
import { namedPurchase } from '../purchase/named-purchase.ts';
import {
  accessStatus,
  actorSchema,
  billingStatus,
  commandName,
  dueSchema,
  purchaseSchema,
} from '../purchase/purchase-schema.ts';
import { INTERVALS } from '../../workflows/domain/calendar.ts';
import { BLOCK_SOURCES } from '../../workflows/domain/access.ts';

const at = instant.nullable();
const currency = z.string();
const amountMinor = z.int();

export const moneyEffectSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('refund'), paymentId: z.string(), amountMinor, currency })
      .meta({ id: 'RefundEffect' }),
    z.strictObject({ kind: z.literal('no_more_charges'), from: instant }).meta({ id: 'NoMoreChargesEffect' }),
    z.strictObject({ kind: z.literal('charges_suspended'), until: at }).meta({ id: 'ChargesSuspendedEffect' }),
    z
      .strictObject({ kind: z.literal('discount_runs_on'), until: instant, code: z.string().nullable() })
      .meta({ id: 'DiscountRunsOnEffect', description: 'A pause does not lengthen it.' }),
    z
      .strictObject({
        kind: z.literal('charges_continue'),
        nextChargeAt: at,
        amountMinor,
        currency,
        instalmentsLeft: z.int().optional().describe('The charges that a payment plan has left, the next included.'),
      })
      .meta({ id: 'ChargesContinueEffect' }),
    z.strictObject({ kind: z.literal('charge'), at: instant, amountMinor, currency }).meta({ id: 'ChargeEffect' }),
    z
      .strictObject({
        kind: z.literal('further_charges'),
        from: instant,
        until: instant,
        count: z.int(),
        amountMinor,
        currency,
      })
      .meta({ id: 'FurtherChargesEffect' }),
    z
      .strictObject({
        kind: z.literal('prorated_last_charge'),
        at: instant,
        until: instant,
        amountMinor: amountMinor.optional(),
        currency: currency.optional(),
      })
      .meta({ id: 'ProratedLastChargeEffect' }),
    z.strictObject({ kind: z.literal('unused_credited'), amountMinor, currency }).meta({ id: 'UnusedCreditedEffect' }),
    z
      .strictObject({
        kind: z.literal('charged_now'),
        amountMinor: amountMinor.optional(),
        currency: currency.optional(),
      })
      .meta({ id: 'ChargedNowEffect', description: 'Without an amount while Stripe is away.' }),
    z
      .strictObject({ kind: z.literal('credit_withdrawn'), amountMinor, currency })
      .meta({ id: 'CreditWithdrawnEffect' }),
    z.strictObject({ kind: z.literal('credit_used'), amountMinor, currency }).meta({ id: 'CreditUsedEffect' }),
    z.strictObject({ kind: z.literal('credit_left'), amountMinor, currency }).meta({ id: 'CreditLeftEffect' }),
    z.strictObject({ kind: z.literal('discount_replaced'), code: z.string().nullable(), by: z.string() }).meta({
      id: 'DiscountReplaced',
      description: 'Another code lessens it from the next charge on; null: by no code.',
    }),
    z
      .strictObject({ kind: z.literal('discount_ends'), at: instant, code: z.string().nullable() })
      .meta({ id: 'DiscountEndsEffect', description: 'It does not hold for the new offer.' }),
    z
      .strictObject({ kind: z.literal('period_begins'), at: instant, interval: z.enum(INTERVALS) })
      .meta({ id: 'PeriodBeginsEffect', description: 'And with it the day on which each period is charged.' }),
    z
      .strictObject({ kind: z.literal('credit_applied'), amountMinor, currency })
      .meta({ id: 'CreditAppliedEffect', description: 'What the customer has with Stripe pays this much.' }),
    z.strictObject({ kind: z.literal('open_invoices_voided') }).meta({ id: 'OpenInvoicesVoidedEffect' }),
    z
      .strictObject({ kind: z.literal('charge_attempt'), invoiceId: z.string(), amountMinor, currency })
      .meta({ id: 'ChargeAttemptEffect' }),
  ])
  .meta({ id: 'MoneyEffect' });

const emailSchema = z.strictObject({ kind: z.enum(EMAIL_KINDS), to: z.enum(['customer', 'admins', 'expert']) });

export const COMMAND_STATUSES = ['pending', 'applied', 'refused', 'failed'] as const;

const effects = z
  .strictObject({
    money: z.array(moneyEffectSchema),
    emails: z.array(emailSchema),
    refused: z.array(z.strictObject({ op: z.string(), stripeCode: z.string() })),
  })
  .optional();

const asked = { id, verb: commandName, purchaseId: id, askedAt: instant };
const ended = { ...asked, doneAt: at, effects };

/** A command in each of its statuses, with more fields or without. */
const inEachStatus = <More extends z.ZodRawShape>(name: string, more: More) =>
  z.discriminatedUnion('status', [
    z
      .strictObject({ ...asked, ...more, status: z.literal('pending'), doneAt: z.null() })
      .meta({ id: `Pending${name}` }),
    z.strictObject({ ...ended, ...more, status: z.literal('applied') }).meta({ id: `Applied${name}` }),
    z
      .strictObject({ ...ended, ...more, status: z.literal('refused'), problem: problemSchema })
      .meta({ id: `Refused${name}` }),
    z
      .strictObject({ ...ended, ...more, status: z.literal('failed'), problem: problemSchema })
      .meta({ id: `Failed${name}` }),
  ]);

export const commandSchema = inEachStatus('Command', {}).meta({
  id: 'Command',
  description: 'Something that was asked of a purchase, and how it ended.',
});

const [pending, applied] = commandSchema.options;

/** What a command answers with 202. */
export const pendingCommandSchema = pending;

export const askedCommandSchema = inEachStatus('AskedCommand', {
  purchase: namedPurchase.nullable(),
  by: actorSchema,
  reason: z.string().nullable(),
  feedback: z.string().nullable(),
  input: z.record(z.string(), z.unknown()).meta({ description: "The verb's own fields, as they were asked." }),
  tries: z.int().meta({ description: 'How often its purchase was woken for it, beyond the first time.' }),
  nextTryAt: at,
}).meta({ id: 'AskedCommand', description: 'A command, with who asked for it, of whom, and why.' });

export const commandCounts = z
  .strictObject({
    pending: z.int(),
    applied: z.int(),
    refused: z.int(),
    failed: z.int(),
    over: namesOver(COMMAND_STATUSES),
  })
  .meta({ id: 'CommandCounts' });

export const doneSchema = z
  .strictObject({
    status: z.literal('applied'),
    command: applied,
    purchase: purchaseSchema,
    warnings: z.array(z.enum(WARNINGS)),
  })
  .meta({ id: 'Done', description: 'What was asked, and the purchase after it.' });

const facetsSchema = z
  .strictObject({
    billingStatus,
    accessStatus,
    products: z.array(
      z.strictObject({ productId: id, open: z.boolean(), blocks: z.array(z.enum(BLOCK_SOURCES)), until: at }),
    ),
    nextChargeAt: at,
    cancelAt: at,
    resumeAt: at,
    due: z.array(dueSchema),
  })
  .meta({ id: 'Facets' });

const callEffect = z
  .strictObject({
    id,
    kind: z.enum(['call', 'seat']),
    change: z.enum(CALL_CHANGES),
    startsAt: instant,
    at: at.describe('When, where it is not at once: with the end of access.'),
  })
  .meta({ id: 'CallEffect' });

export const previewSchema = z
  .strictObject({
    status: z.literal('preview'),
    verb: commandName,
    planHash: z.string(),
    version: z.int(),
    money: z.array(moneyEffectSchema),
    emails: z.array(emailSchema),
    credits: creditEffectSchema.nullable().describe('null: the offer gives none.'),
    calls: z.array(callEffect).describe('What becomes of calls and seats.'),
    warnings: z.array(z.enum(WARNINGS)),
    before: facetsSchema,
    after: facetsSchema,
    products: z
      .array(z.strictObject({ productId: id, name: z.string() }))
      .describe('The names of the products in `before` and `after`.'),
    quote: z.strictObject({ amountMinor, currency }).nullable().meta({
      description:
        "Stripe's figure for the shortened last cycle, if that is on its next invoice; null otherwise, or while Stripe is away. The figure in `money` is computed as Stripe does.",
    }),
  })
  .meta({ id: 'Preview', description: 'What a verb would do: nothing was done.' });

/** What a verb answers: what it did, or with `dryRun` what it would do. */
export const verbAnswerSchema = z.discriminatedUnion('status', [doneSchema, previewSchema]).meta({ id: 'VerbAnswer' });
