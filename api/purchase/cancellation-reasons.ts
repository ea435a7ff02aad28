import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { reasonsByMonth } from '../../db/purchase/cancellation-reasons.ts';
import { RETENTION_KINDS } from '../../workflows/domain/retention.ts';
import { MONEY_READERS } from '../auth/roles.ts';
import { givenId, id } from '../http/fields.ts';
import { invalid } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';

const month = z
  .string()
  .regex(/^(19[7-9]\d|2\d{3})-(0[1-9]|1[0-2])$/, 'must be a month, such as 2027-01')
  .meta({ examples: ['2027-01'] });

export const reasonsOfMonthSchema = z
  .strictObject({
    month: z.string().describe("In the account's time zone."),
    offer: z.strictObject({ id, name: z.string() }),
    count: z.int().describe('How often it was canceled.'),
    undone: z.int().describe('How many of these were taken back.'),
    atStripe: z.int().describe('How many of these were made at Stripe: in its portal, or by hand.'),
    reasons: z
      .array(z.strictObject({ reason: z.string().nullable().describe('null: none was given.'), count: z.int() }))
      .describe('The most frequent first.'),
    retention: z
      .array(
        z.strictObject({
          kind: z.enum(RETENTION_KINDS),
          offered: z.int(),
          taken: z.int(),
          kept: z
            .array(z.strictObject({ currency: z.string(), amountMinor: z.int() }))
            .describe(
              'What these purchases have paid since they took it, less what went back, until they took another.',
            ),
        }),
      )
      .describe('What was offered in place of a cancellation.'),
  })
  .meta({
    id: 'CancellationReasons',
    description: 'Cancellations of one offer in one month, and what was offered instead.',
  });

const list = defineRoute({
  method: 'get',
  path: '/v1/cancellation-reasons',
  tag: 'Cancellation requests',
  operationId: 'listCancellationReasons',
  summary: 'Count why customers cancel, what they were offered and what they took, by month and offer',
  description: 'The latest month first; without months, the last twelve. By which offer each was then.',
  roles: MONEY_READERS,
  query: z.strictObject({
    from: month.optional(),
    to: month.optional().describe('Included. At most 24 months in all.'),
    offerId: givenId.optional(),
  }),
  answers: { 200: z.strictObject({ data: z.array(reasonsOfMonthSchema) }) },
  async handle({ em, account: { timeZone }, now, query: { offerId, ...asked } }) {
    const data = await reasonsByMonth(em, { ...monthsOf(asked, now, timeZone), timeZone, offerId });
    return { status: 200, body: { data } };
  },
});

type Asked = { from?: string | undefined; to?: string | undefined };

/** @throws Problem 422 */
function monthsOf(asked: Asked, now: string, timeZone: string): { from: string; to: string } {
  const thisMonth = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone).toPlainDate().toPlainYearMonth();
  const to = asked.to === undefined ? thisMonth : Temporal.PlainYearMonth.from(asked.to);
  const from = asked.from === undefined ? to.subtract({ months: 11 }) : Temporal.PlainYearMonth.from(asked.from);
  const months = from.until(to, { largestUnit: 'months' }).months;
  if (months < 0) throw invalid('to', 'must not be before the first month');
  if (months >= 24) throw invalid('from', 'must be at most 24 months, the last one included, before the end');
  return { from: from.toString(), to: to.toString() };
}

export const cancellationReasonRoutes = { list };
