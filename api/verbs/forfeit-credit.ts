import { z } from 'zod';
import { MOST_OPEN } from '../../workflows/domain/credits/ledger.ts';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb, isReason, reasonKept } from './asked-verb.ts';

const creditIds = z.array(z.string().min(1).max(64)).min(1).max(MOST_OPEN);
const input = z.strictObject({ creditIds, hasReason: reasonKept });

export const forfeitCredit = defineAskedVerb({
  operationId: 'forfeitCredits',
  summary: 'Forfeit call credits that no call holds',
  roles: BILLING,
  input,
  body: input.omit({ hasReason: true }).extend(asked),
  example: { creditIds: ['01a2b3c4-0000-7000-8000-000000000001:1'], reason: 'Issued by mistake' },
  toInput: ({ creditIds: named, reason }) => ({ creditIds: named, hasReason: isReason(reason) }),
});
