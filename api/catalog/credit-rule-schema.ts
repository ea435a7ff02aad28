import { z } from 'zod';

const number = (least: number, most: number) =>
  z.int('must be a whole number').min(least, `must be ${least} or more`).max(most, `must be ${most} or less`);

const perYear = number(1, 60).describe('Call credits a year.');
const everyMonths = number(1, 12).describe('One credit at a time, so many months apart.');
const validMonths = number(1, 24).describe('From the issue of each credit.');
const callMinutes = number(15, 180).describe('How long a call is.');
const issue = z.union([z.literal('period_start'), z.strictObject({ everyMonths })], {
  error: 'must be period_start or { everyMonths }',
});

/** What an offer gives of call credits [R19.3]. */
export const givenCreditRule = z
  .strictObject({
    perYear,
    issue: issue.default('period_start'),
    validMonths: validMonths.default(12),
    callMinutes: callMinutes.default(45),
  })
  .superRefine((rule, context) => {
    if (rule.issue === 'period_start' || rule.perYear * rule.issue.everyMonths <= 12) return;
    const message = `must be more often: ${rule.perYear} would take longer than a year`;
    context.addIssue({ code: 'custom', path: ['issue', 'everyMonths'], message });
  })
  .nullable()
  .describe('`period_start`: all at the start of each year, counted from the first payment. null: it gives none.');

export const creditRuleSchema = z
  .strictObject({
    perYear: z.int(),
    issue: z.union([z.literal('period_start'), z.strictObject({ everyMonths: z.int() })]),
    validMonths: z.int(),
    callMinutes: z.int(),
  })
  .meta({ id: 'CreditRule' });

export const officeHours = z.boolean().describe('Its customers may book seats in office hours.');
