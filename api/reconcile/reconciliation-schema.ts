import { z } from 'zod';
import { DIFFERENCE_CAUSES, DIFFERENCE_STATES } from '../../db/entities/difference-row.ts';
import { DIFFERENCE_KINDS, REPAIRS, SEVERITIES } from '../../workflows/domain/compare.ts';
import { freeText, id, instant } from '../http/fields.ts';
import { namedPurchase } from '../purchase/named-purchase.ts';
import { accessStatus, actorSchema, billingStatus } from '../purchase/purchase-schema.ts';

const sideSchema = z
  .strictObject({
    status: z.string().optional(),
    resumeAt: instant.nullable().optional(),
    periodStart: instant.nullable().optional(),
    periodEnd: instant.nullable().optional(),
    cancelAt: instant.nullable().optional(),
    offerId: z.string().optional(),
    amountMinor: z.int().optional(),
    currency: z.string().optional(),
  })
  .meta({ id: 'DifferenceSide', description: 'One side of a difference: only what its kind is about.' });

export const differenceKind = z.enum(DIFFERENCE_KINDS).meta({ id: 'DifferenceKind' });
export const differenceState = z.enum(DIFFERENCE_STATES);
export const severity = z.enum(SEVERITIES);

export const differenceSchema = z
  .strictObject({
    id,
    kind: differenceKind,
    severity,
    state: differenceState.describe('`suspected`: seen once, and looked at again within minutes.'),
    purchase: namedPurchase.nullable().describe('null: of no purchase that is known.'),
    objectId: z.string().describe("Stripe's id of what differs, or ours."),
    here: sideSchema.nullable().describe('null: there is no such thing here.'),
    there: sideSchema.nullable().describe('The same at Stripe, or in the rest of our data.'),
    cause: z.enum(DIFFERENCE_CAUSES).nullable().describe('null: not known.'),
    repair: z.enum(REPAIRS).describe('How it is mended; `none`: a person has to see to it at Stripe.'),
    detail: z.string().describe('The difference in words.'),
    createdAt: instant.describe('When it was first seen, in real time.'),
    lookedAt: instant,
    endedAt: instant.nullable(),
    by: actorSchema.nullable().describe('Who had it repaired or dismissed.'),
    note: z.string().nullable(),
  })
  .meta({ id: 'Difference', description: 'In what a purchase differs from Stripe, or our data from itself.' });

const runSchema = z
  .strictObject({
    startedAt: instant,
    endedAt: instant.nullable().describe('null: it goes on.'),
    checked: z.int(),
    total: z.int().nullable(),
  })
  .meta({ id: 'ReconciliationRun' });

export const reconciliationSchema = z
  .strictObject({
    run: runSchema.nullable().describe('The latest comparison of all purchases; null: none yet.'),
    open: z.strictObject({ high: z.int(), medium: z.int(), low: z.int() }).describe('Differences that stand.'),
  })
  .meta({ id: 'Reconciliation' });

export const repairBody = z.strictObject({
  dryRun: z.boolean().default(false).describe('Only say what it would do.'),
  planHash: z.string().max(64).optional().describe('Of the preview: refused if the repair has become another.'),
  note: freeText.optional(),
});

export const dismissBody = z.strictObject({ note: freeText.describe('Why it may stay.') });

const standing = z.strictObject({ billingStatus, accessStatus }).nullable();

export const repairPreview = z
  .strictObject({
    status: z.literal('preview'),
    repair: z.enum(REPAIRS),
    planHash: z.string(),
    before: standing.describe('null: nothing about a purchase changes.'),
    after: standing,
    entries: z.array(z.strictObject({ type: z.string(), at: instant })).describe('What the timeline would say.'),
    emails: z.array(z.strictObject({ kind: z.string(), to: z.string() })),
    verbs: z.array(z.string()).describe('What is then carried out by itself, such as `end-billing`.'),
  })
  .meta({ id: 'RepairPreview', description: 'What a repair would do: nothing was done.' });

const repairAsked = z
  .strictObject({ status: z.literal('repairing'), id, difference: differenceSchema })
  .meta({ id: 'RepairAsked', description: 'It is under way; the difference ends once it is gone.' });

export const repairAnswer = z.discriminatedUnion('status', [repairPreview, repairAsked]).meta({ id: 'RepairAnswer' });
