import { z } from 'zod';
import { namesOver } from '../http/counts.ts';
import { id, instant } from '../http/fields.ts';
import { dueSchema } from '../purchase/purchase-schema.ts';

/**
 * What was paid in one currency, and how much of it went back; failed refunds do not count [R10.3].
 */
export const paymentTotals = z
  .strictObject({ currency: z.string(), payments: z.int(), paidMinor: z.int(), refundedMinor: z.int() })
  .meta({ id: 'PaymentTotals' });

const currencySum = z
  .strictObject({ currency: z.string(), count: z.int(), amountMinor: z.int() })
  .meta({ id: 'CurrencySum' });

const toSee = z.strictObject({
  pastDue: z.int(),
  billingWithoutAccess: z.int().describe('Billing goes on although access is gone.'),
  needsAttention: z.int().describe('A verb stopped half-way: somebody must decide.'),
  waitsForStripe: z.int().describe('Purchases with a verb that Stripe has not answered for long.'),
  refundsPending: z.int().describe('Purchases with a refund on its way.'),
  refundsFailed: z.int().describe('Purchases with a failed refund that was not made again.'),
  cancellationRequests: z.int().describe('Requests of customers that wait for a decision.'),
  inDispute: z.int().describe('Payments with an inquiry or a dispute that is not decided yet.'),
  emailsFailed: z.int(),
  emailsBounced: z.int(),
  emailsUnknown: z.int().describe('Emails of which nobody knows whether they were sent.'),
  webhooksFailed: z.int(),
  webhooksUnmatched: z.int().describe('Events of no purchase that is known: of no account, so 0 but for operators.'),
  webhooksDead: z.int().describe('The same, and not looked for any more.'),
  differences: z.int().describe('In what purchases differ from Stripe, as far as nobody has dismissed it.'),
  commandsPending: z.int().describe('Asked for, and not done yet.'),
});

const attention = toSee
  .extend({ over: namesOver(toSee.keyof().options) })
  .meta({ id: 'Attention', description: 'What a person should look at.' });

const upcoming = z
  .strictObject({
    ...dueSchema.shape,
    day: z.iso.date().describe("The day in the account's zone."),
    purchaseId: id,
    contact: z.strictObject({ id, email: z.string(), name: z.string().nullable() }),
    offer: z.strictObject({ id, name: z.string() }),
    charge: z
      .strictObject({ amountMinor: z.int(), currency: z.string() })
      .nullable()
      .describe('What is charged then as things stand; null: nothing.'),
  })
  .meta({ id: 'Upcoming', description: 'Something that falls due, with whom and what it is about.' });

const dayAhead = z
  .strictObject({
    day: z.iso.date(),
    charges: z
      .array(currencySum)
      .nullable()
      .describe('What is charged on it as things stand; null: more falls due on it than `upcoming` lists.'),
  })
  .meta({ id: 'DayAhead', description: "A day in the account's zone on which something of `upcoming` falls due." });

const today = z
  .strictObject({
    from: instant,
    to: instant,
    bought: z.int(),
    granted: z.int(),
    newCustomers: z.int(),
    cancellationsAsked: z.int().describe('Scheduled for later; those at once are among `cancellationsDone`.'),
    cancellationsDone: z.int(),
    emailsSent: z.int(),
    payments: z.array(currencySum),
    refunds: z.array(currencySum).describe('Amounts are negative; failed refunds do not count.'),
  })
  .meta({ id: 'Today', description: "Figures of the day in the account's zone, [from, to)." });

export const overviewSchema = z
  .strictObject({ now: instant, attention, upcoming: z.array(upcoming), upcomingDays: z.array(dayAhead), today })
  .meta({ id: 'Overview' });
export type Overview = z.output<typeof overviewSchema>;
