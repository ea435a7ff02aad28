import { z } from 'zod';
import { BILLING_STATUSES } from '../../workflows/domain/billing.ts';
import { INTERVALS } from '../../workflows/domain/calendar.ts';
import { id, instant } from '../http/fields.ts';
import { moneySchema } from '../people/customer-schema.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';

const at = instant.nullable();
const interval = z.enum(INTERVALS);
const offer = z.strictObject({ id, name: z.string() });

const creditFigures = z.strictObject({
  perYear: z.int(),
  remainingThisYear: z.int().describe('Of the year that runs: neither used nor held.'),
  available: z.int().describe('What can be booked with now.'),
  held: z.int().describe('For calls that are booked.'),
  callMinutes: z.int().nullable().describe('How long a call is; null: it gives none.'),
  nextIssueAt: at,
});

const removalRequest = z
  .strictObject({
    id,
    askedAt: instant,
    refundWanted: z.boolean(),
    reason: z.string().nullable(),
    by: actorSchema.nullable(),
  })
  .meta({
    id: 'RemovalRequest',
    description: 'Waits until an operator removes the add-on; changes nothing by itself.',
  });

const given = {
  officeHours: z.boolean(),
  features: z.array(z.string()),
  quotaFactor: z.int().describe('Every quota of the plan is so many times as large.'),
};

export const accessSchema = z
  .strictObject({
    status: z.enum(['none', ...BILLING_STATUSES]).describe('Of its billing; `none`: the account never had it.'),
    purchaseId: id.nullable(),
    offer: offer.nullable(),
    interval: interval.nullable(),
    price: moneySchema.nullable().describe('Of each period; null also for assistants, who see no money.'),
    firstPaymentAt: at,
    refundWindowClosesAt: at.describe('Until then a removal with money back can be asked for; null: it opened none.'),
    nextCharge: moneySchema.extend({ at: instant }).nullable(),
    endsAt: at.describe('When it is known to end, or has ended.'),
    ...given,
    credits: creditFigures,
    removalRequest: removalRequest.nullable(),
    now: instant.describe('By the platform’s clock, by which all of it goes.'),
  })
  .meta({ id: 'AccessAddOn', description: 'The add-on of an account: what it gives, and how it stands.' });

export const addBody = z.strictObject({
  dryRun: z.boolean().default(false).describe('Only say what it would do.'),
});

const added = { offer, interval, dueNow: moneySchema.describe('Charged with it, in full.') };

export const addedSchema = z
  .discriminatedUnion('status', [
    z
      .strictObject({ status: z.literal('preview'), ...added, ...given, perYear: z.int().describe('Call credits.') })
      .meta({ id: 'AccessPreview' }),
    z.strictObject({ status: z.literal('begun'), ...added, purchaseId: id }).meta({ id: 'AccessBegun' }),
    z
      .strictObject({
        status: z.literal('to_pay'),
        ...added,
        purchaseId: id,
        url: z.string().describe("Stripe's page, where it is paid: no card is saved, or it was refused."),
      })
      .meta({ id: 'AccessToPay' }),
  ])
  .meta({ id: 'AddedAccess', description: 'The add-on begins on the card of the plan, or on Stripe’s page.' });
