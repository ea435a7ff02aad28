import { z } from 'zod';
import { MOST_OPEN } from '../../workflows/domain/credits/ledger.ts';
import { BILLING } from '../auth/roles.ts';
import { givenInstant } from '../http/fields.ts';
import { asked, defineAskedVerb, instantAsked, isReason, reasonKept } from './asked-verb.ts';

const input = z.strictObject({
  count: z.int().min(1).max(MOST_OPEN).default(1),
  expiresAt: instantAsked.nullable().default(null),
  hasReason: reasonKept,
});

export const issueCredit = defineAskedVerb({
  operationId: 'issueCredits',
  summary: "Issue call credits by hand, beside those of the offer's rule",
  roles: BILLING,
  input,
  body: input.omit({ hasReason: true }).extend({
    ...asked,
    expiresAt: givenInstant.nullable().default(null).describe("null: as long as the offer's credits are valid."),
  }),
  example: { count: 1, reason: 'The last call broke off' },
  toInput: ({ count, expiresAt, reason }) => ({ count, expiresAt, hasReason: isReason(reason) }),
});
