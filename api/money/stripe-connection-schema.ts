import { z } from 'zod';
import { CONNECTION_KINDS } from '../../db/entities/stripe-connection.ts';
import { count } from '../http/counts.ts';
import { instant } from '../http/fields.ts';

export const stripeAccount = z.string().regex(/^[\w-]{1,255}$/, 'must be the id of a Stripe account');

const secret = z.string().trim().max(255);

export const connectionSchema = z
  .strictObject({
    stripeAccount: z.string(),
    kind: z.enum(CONNECTION_KINDS).describe('`key`: by a restricted key of its own. `oauth`: through the platform.'),
    mode: z.enum(['live', 'test']),
    isCurrent: z.boolean().describe('Whether new purchases are sold on it.'),
    keyEnding: z.string().nullable().describe('The last four characters of its key.'),
    endpoint: z
      .enum(['ours', 'by_hand', 'none'])
      .describe('`ours`: we have made its webhook endpoint at Stripe. `by_hand`: somebody has, and gave its secret.'),
    liveBilling: z.int().describe('Purchases that Stripe may still charge there.'),
    connectedAt: instant,
    disconnectedAt: instant.nullable(),
  })
  .meta({ id: 'StripeConnection' });

export const stripeSchema = z
  .strictObject({
    sellsOn: z
      .enum(['own', 'platform', 'nothing'])
      .describe('On whose Stripe account new purchases are sold; `nothing`: first one has to be connected.'),
    canConnectAtStripe: z.boolean().describe("Whether one can be connected on Stripe's own page."),
    webhookUrl: z.string().describe('Where Stripe is to send events of every Stripe account that is connected.'),
    webhookTypes: z.array(z.string()).describe('The types of events that are acted on.'),
    permissions: z
      .array(z.strictObject({ resource: z.string(), level: z.enum(['read', 'write']) }))
      .describe("What a restricted key must be allowed, by the names of Stripe's dashboard."),
    connections: z.array(connectionSchema),
  })
  .meta({ id: 'StripeState' });

export const keyBody = z.strictObject({
  restrictedKey: secret.min(8),
  webhookSecret: secret
    .regex(/^whsec_\w+$/, 'must begin with whsec_')
    .optional()
    .describe('Of an endpoint that was made at Stripe by hand. Without it we make one, for which the key needs leave.'),
});

export const disconnectBody = z.strictObject({
  dryRun: z.boolean().default(false),
  leaveBilling: z
    .boolean()
    .default(false)
    .describe('Also where Stripe goes on charging there: nothing of that is heard or done here any more.'),
});

const disconnectPreview = z
  .strictObject({
    status: z.literal('preview'),
    stripeAccount: z.string(),
    liveBilling: count.shape.count,
    afterwards: z.enum(['own', 'platform', 'nothing']).describe('On whose Stripe account is sold then.'),
  })
  .meta({ id: 'StripeDisconnectPreview' });

export const disconnectAnswer = z.union([
  disconnectPreview,
  z.strictObject({ status: z.literal('disconnected'), stripe: stripeSchema }).meta({ id: 'StripeDisconnected' }),
]);
