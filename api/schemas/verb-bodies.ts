import { z } from 'zod';
import type { VerbName } from '../../workflows/domain/verb.ts';
import type { VerbInputs } from '../../workflows/verbs/index.ts';
import { freeText, givenId, givenInstant } from './fields.ts';

const asked = {
  dryRun: z.boolean().default(false).describe('Only say what it would do.'),
  planHash: z
    .string()
    .max(64)
    .optional()
    .describe('From the preview: refused with preview_stale if the plan has become another.'),
  expectedVersion: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .describe('Refused with state_moved if the version is another.'),
  reason: freeText.optional().describe('Why; kept with the command.'),
};

const productIds = z
  .array(givenId)
  .min(1)
  .max(200)
  .nullable()
  .default(null)
  .describe('null: all products of the purchase.');

/** What each verb takes besides what all take; a verb without its body here does not compile. */
const BODIES = {
  pause: z.strictObject({
    ...asked,
    resumeAt: givenInstant.nullable().default(null).describe('Resumes by itself then; whole seconds.'),
    access: z.enum(['keep', 'suspend']).default('keep'),
  }),
  resume: z.strictObject(asked),
  'change-resume-date': z.strictObject({
    ...asked,
    resumeAt: givenInstant.nullable().describe('null: no end of the pause.'),
  }),
  cancel: z.strictObject({
    ...asked,
    when: z.enum(['now', 'period_end', 'at']),
    cancelAt: givenInstant.nullable().default(null).describe('With `when: at` only; whole seconds.'),
    feedback: freeText.optional().describe('What the customer said.'),
  }),
  'undo-cancel': z.strictObject(asked),
  revoke: z.strictObject({ ...asked, productIds }),
  restore: z.strictObject({ ...asked, productIds }),
  refund: z.strictObject({
    ...asked,
    paymentId: z.string().min(1).max(255),
    amountMinor: z.int().min(1).max(99_999_999).nullable().default(null).describe('null: what is left of the payment.'),
    billing: z.enum(['keep', 'cancel_now', 'cancel_period_end']).default('keep'),
    access: z.enum(['keep', 'revoke']).default('keep'),
  }),
  'money-back': z.strictObject({
    ...asked,
    override: z.boolean().default(false).describe('Outside the window, with a reason.'),
  }),
  'retry-payment': z.strictObject(asked),
  'access-start': z.strictObject({ ...asked, startsAt: givenInstant }),
} satisfies Record<VerbName, z.ZodType>;

export const VERB_BODIES: Record<VerbName, z.ZodType<AskedBody, object>> = BODIES;

/** What every verb's body has in common. */
export type AskedBody = z.output<typeof commonBody>;
const commonBody = z.strictObject(asked);

type Bodies = { [Name in VerbName]: z.output<(typeof BODIES)[Name]> };

/** From the body to the verb's own input; texts never go into it [R24.4]. */
const INPUTS: { [Name in VerbName]: (body: Bodies[Name]) => VerbInputs[Name] } = {
  pause: ({ resumeAt, access }) => ({ resumeAt, access }),
  resume: () => ({}),
  'change-resume-date': ({ resumeAt }) => ({ resumeAt }),
  cancel: ({ when, cancelAt }) => ({ when, cancelAt }),
  'undo-cancel': () => ({}),
  revoke: ({ productIds: ids }) => ({ productIds: ids }),
  restore: ({ productIds: ids }) => ({ productIds: ids }),
  refund: ({ paymentId, amountMinor, billing, access }) => ({ paymentId, amountMinor, billing, access }),
  'money-back': ({ override, reason }) => ({ override, hasReason: reason !== undefined }),
  'retry-payment': () => ({}),
  'access-start': ({ startsAt }) => ({ startsAt }),
};

/** The verb's input from its checked body. */
export const inputOf = (verb: VerbName, body: AskedBody): unknown =>
  (INPUTS[verb] as (body: AskedBody) => unknown)(body);
