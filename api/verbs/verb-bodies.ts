import { z } from 'zod';
import { verbInputs } from '../../db/inbox/verb-inputs.ts';
import type { VerbName } from '../../workflows/domain/verb.ts';
import { freeText, givenInstant } from '../http/fields.ts';

/** What every verb may be asked with. */
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

const feedback = freeText.optional().describe('What the customer said.');

/** The body of each verb's route. A verb without its body here does not compile. */
export const VERB_BODIES = {
  pause: verbInputs.pause.extend(asked),
  resume: verbInputs.resume.extend(asked),
  'change-resume-date': verbInputs['change-resume-date'].extend(asked),
  cancel: verbInputs.cancel.extend({ ...asked, feedback }),
  'undo-cancel': verbInputs['undo-cancel'].extend(asked),
  revoke: verbInputs.revoke.extend(asked),
  restore: verbInputs.restore.extend(asked),
  refund: verbInputs.refund.extend(asked),
  'money-back': verbInputs['money-back'].omit({ hasReason: true }).extend(asked),
  'retry-payment': verbInputs['retry-payment'].extend(asked),
  'access-start': verbInputs['access-start'].extend({ ...asked, startsAt: givenInstant }),
} satisfies Record<VerbName, z.ZodType>;

/** What the bodies of all verbs have in common. */
export type AskedBody = {
  dryRun: boolean;
  planHash?: string;
  expectedVersion?: number;
  reason?: string;
  feedback?: string;
};

/** The verb's own input, out of its checked body; what people wrote never goes into it [R24.4]. */
export function inputOf(verb: VerbName, body: AskedBody): unknown {
  const {
    dryRun: _dryRun,
    planHash: _planHash,
    expectedVersion: _version,
    reason,
    feedback: _feedback,
    ...input
  } = body;
  return verb === 'money-back' ? { ...input, hasReason: reason !== undefined } : input;
}

/** A body that each verb takes, for the docs. */
export const VERB_EXAMPLES: Record<VerbName, object> = {
  pause: { resumeAt: '2027-03-01T09:00:00Z', access: 'keep', reason: 'Parental leave' },
  resume: {},
  'change-resume-date': { resumeAt: '2027-04-01T09:00:00Z' },
  cancel: { when: 'period_end', feedback: 'Too expensive' },
  'undo-cancel': {},
  revoke: { productIds: null, reason: 'Shared the login' },
  restore: { productIds: null },
  refund: { paymentId: 'in_1Qexample', amountMinor: 1000, billing: 'keep', access: 'keep' },
  'money-back': { override: false },
  'retry-payment': { dryRun: true },
  'access-start': { startsAt: '2027-02-01T00:00:00Z' },
};
