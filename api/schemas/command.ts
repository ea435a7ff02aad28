import { z } from 'zod';
import { VERB_NAMES, SYSTEM_VERB_NAMES } from '../../workflows/domain/verb.ts';
import { WARNINGS } from '../../workflows/verbs/preview.ts';
import { problemSchema } from '../http/problem.ts';
import { id, instant } from './fields.ts';
import { accessStatus, billingStatus, dueSchema, purchaseSchema } from './purchase.ts';
import { BLOCK_SOURCES } from '../../workflows/domain/access.ts';

const at = instant.nullable();
const currency = z.string();
const amountMinor = z.int();
const commandName = z.enum([...VERB_NAMES, ...SYSTEM_VERB_NAMES]);

const moneySchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('refund'), paymentId: z.string(), amountMinor, currency }),
    z.strictObject({ kind: z.literal('no_more_charges'), from: instant }),
    z.strictObject({ kind: z.literal('charges_suspended'), until: at }),
    z.strictObject({ kind: z.literal('charges_continue'), nextChargeAt: at, amountMinor, currency }),
    z.strictObject({ kind: z.literal('prorated_last_charge'), at: instant, until: instant }),
    z.strictObject({ kind: z.literal('open_invoices_voided') }),
    z.strictObject({ kind: z.literal('charge_attempt'), invoiceId: z.string(), amountMinor, currency }),
  ])
  .meta({ id: 'MoneyEffect' });

const emailSchema = z.strictObject({ kind: z.string(), to: z.enum(['customer', 'admins']) });

export const commandSchema = z
  .strictObject({
    id,
    verb: commandName,
    purchaseId: id,
    status: z.enum(['pending', 'applied', 'refused', 'failed']),
    askedAt: instant,
    doneAt: at,
    problem: problemSchema.optional(),
    effects: z
      .strictObject({
        money: z.array(moneySchema),
        emails: z.array(emailSchema),
        refused: z.array(z.strictObject({ op: z.string(), stripeCode: z.string() })),
      })
      .optional(),
  })
  .meta({ id: 'Command', description: 'Something that was asked of a purchase, and how it ended.' });

export const doneSchema = z
  .strictObject({ command: commandSchema, purchase: purchaseSchema, warnings: z.array(z.enum(WARNINGS)) })
  .meta({ id: 'Done' });

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

export const previewSchema = z
  .strictObject({
    verb: commandName,
    planHash: z.string(),
    version: z.int(),
    money: z.array(moneySchema),
    emails: z.array(emailSchema),
    credits: z.null(),
    warnings: z.array(z.enum(WARNINGS)),
    before: facetsSchema,
    after: facetsSchema,
    quote: z.strictObject({ amountMinor, currency }).nullable().meta({
      description: "Stripe's figure for the shortened last cycle; null where there is none, or Stripe is away.",
    }),
  })
  .meta({ id: 'Preview' });

/** What a verb answers: what it did, or with `dryRun` what it would do. */
export const verbAnswerSchema = z.union([doneSchema, previewSchema]);
