import { z } from 'zod';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb, requestId } from './asked-verb.ts';

const input = z.strictObject({
  override: z.boolean().default(false),
  hasReason: z.boolean().default(false),
  requestId,
});

export const moneyBack = defineAskedVerb({
  operationId: 'giveMoneyBack',
  summary: 'Refund every payment of the refund window, cancel and end access',
  roles: BILLING,
  input,
  body: input.omit({ hasReason: true }).extend(asked),
  example: { override: false },
  toInput: ({ override, reason, requestId: named }) => ({
    override,
    hasReason: reason !== undefined,
    ...(named !== undefined && { requestId: named }),
  }),
});
