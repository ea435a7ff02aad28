import { z } from 'zod';
import { parseInstant } from '../../workflows/domain/instant.ts';
import type { VerbName } from '../../workflows/domain/verb.ts';
import type { VerbInputs } from '../../workflows/verbs/index.ts';

/** An instant with a zone, read to UTC with milliseconds; a bare date is refused [R1.1]. */
const instant = z
  .string()
  .meta({ format: 'date-time', examples: ['2027-03-31T09:00:00.000Z'] })
  .transform((text, context) => {
    const at = parseInstant(text);
    if (at) return at;
    context.addIssue({ code: 'custom', message: 'must be an instant with a zone, such as 2027-03-31T09:00:00Z' });
    return z.NEVER;
  });

const products = z.strictObject({ productIds: z.array(z.uuid()).min(1).max(200).nullable().default(null) });
const nothing = z.strictObject({});

/** What each verb takes when it is put into the inbox, over HTTP or by hand. A verb without its schema here does not compile. */
export const verbInputs = {
  pause: z.strictObject({
    resumeAt: instant.nullable().default(null),
    access: z.enum(['keep', 'suspend']).default('keep'),
  }),
  resume: nothing,
  'change-resume-date': z.strictObject({ resumeAt: instant.nullable() }),
  cancel: z.strictObject({ when: z.enum(['now', 'period_end', 'at']), cancelAt: instant.nullable().default(null) }),
  'undo-cancel': nothing,
  revoke: products,
  restore: products,
  refund: z.strictObject({
    paymentId: z.string().min(1).max(255),
    amountMinor: z.int().positive().nullable().default(null),
    billing: z.enum(['keep', 'cancel_now', 'cancel_period_end']).default('keep'),
    access: z.enum(['keep', 'revoke']).default('keep'),
  }),
  'money-back': z.strictObject({ override: z.boolean().default(false), hasReason: z.boolean().default(false) }),
  'retry-payment': nothing,
  'access-start': z.strictObject({ startsAt: instant }),
} satisfies { [Name in VerbName]: z.ZodType<VerbInputs[Name]> };
