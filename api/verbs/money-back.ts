import { z } from 'zod';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import type { MoneyBackInput } from '../../workflows/verbs/money-back.ts';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb, isReason, reasonKept, requestId, type Preparing } from './asked-verb.ts';

const input = z.strictObject({
  override: z.boolean().default(false),
  hasReason: reasonKept,
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
    hasReason: isReason(reason),
    ...(named !== undefined && { requestId: named }),
  }),
  prepare: readCredit,
});

/** Without Stripe's word nobody knows what may be given back: while it is away this is 503. */
async function readCredit(input: MoneyBackInput, { em, purchase, stripe }: Preparing): Promise<MoneyBackInput> {
  const { offerChangedAt, billing } = purchase.snapshot;
  const subscriptionId = subscriptionIdOf(billing);
  if (offerChangedAt === undefined || subscriptionId === null) return input;
  const credit = await stripe.creditOf(subscriptionId, await stripeAccountOf(em, purchase.id));
  return credit.grantedMinor > 0 ? { ...input, credit } : input;
}
