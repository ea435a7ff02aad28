import { z } from 'zod';
import { RETENTION_KINDS } from '../../workflows/domain/retention.ts';
import { BILLING } from '../auth/roles.ts';
import { freeText, reasonText } from '../http/fields.ts';
import { asked, defineAskedVerb, instantAsked, requestId } from './asked-verb.ts';

const input = z.strictObject({
  when: z.enum(['now', 'period_end', 'at']),
  cancelAt: instantAsked.nullable().default(null),
  requestId,
  customerReason: reasonText.optional().describe('Why the customer cancels, in the words of a list: it is counted.'),
  offered: z.enum(RETENTION_KINDS).optional().describe('What was offered in place of it, and not taken.'),
});

export const cancel = defineAskedVerb({
  operationId: 'cancelPurchase',
  summary: "End billing and access: now, at the period's end, or on a date",
  roles: BILLING,
  input,
  body: input.extend({ ...asked, feedback: freeText.optional().describe('What the customer said.') }),
  example: { when: 'period_end', feedback: 'Too expensive' },
  toInput: ({ when, cancelAt, requestId: named, customerReason, offered }) => ({
    when,
    cancelAt,
    ...(named !== undefined && { requestId: named }),
    ...(customerReason !== undefined && { customerReason }),
    ...(offered !== undefined && { offered }),
  }),
});
