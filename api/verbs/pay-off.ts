import { z } from 'zod';
import { stripeAccountOf } from '../../db/money/stripe-account.ts';
import { subscriptionIdOf } from '../../workflows/domain/billing-parts.ts';
import type { PayOffInput } from '../../workflows/verbs/pay-off.ts';
import { BILLING } from '../auth/roles.ts';
import { asked, defineAskedVerb, type Preparing } from './asked-verb.ts';
import { unlessAway } from '../http/unless-away.ts';

const input: z.ZodType<PayOffInput> = z.strictObject({});

export const payOff = defineAskedVerb({
  operationId: 'payOffPlan',
  summary: 'Charge what is left of a payment plan at once',
  roles: BILLING,
  input,
  body: z.strictObject(asked),
  example: { dryRun: true },
  toInput: (): PayOffInput => ({}),
  prepare: readCredit,
});

/** What the customer has with Stripe pays first; while Stripe is away, nobody knows. */
async function readCredit(input: PayOffInput, { em, purchase, stripe }: Preparing): Promise<PayOffInput> {
  const subscriptionId = subscriptionIdOf(purchase.snapshot.billing);
  if (subscriptionId === null) return input;
  const account = await stripeAccountOf(em, purchase.id);
  const { creditMinor } = await unlessAway({ creditMinor: 0 }, stripe.balanceOf(subscriptionId, account));
  return creditMinor > 0 ? { creditMinor } : input;
}
