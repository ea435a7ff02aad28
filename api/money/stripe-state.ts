import type { z } from 'zod';
import { API_VERSION, HANDLED_EVENTS, type StripeGateway } from '../../activities/gateways/stripe.ts';
import { PERMISSIONS, TEST_CLOCKS, WEBHOOK_ENDPOINTS } from '../../activities/gateways/stripe/permissions.ts';
import { Account } from '../../db/entities/account.ts';
import type { StripeConnection } from '../../db/entities/stripe-connection.ts';
import { connectionsOf, liveBillingOn } from '../../db/money/connections.ts';
import type { SecretKey } from '../../db/signature.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { Problem } from '../http/problem.ts';
import type { AccountCall } from '../http/route.ts';
import { unavailable } from '../http/unless-away.ts';
import type { connectionSchema, stripeSchema } from './stripe-connection-schema.ts';

export type ConnectionDeps = {
  stripe: Pick<
    StripeGateway,
    'readKey' | 'placeEndpoint' | 'removeEndpoint' | 'ownAccount' | 'authorizeUrl' | 'exchangeCode' | 'deauthorize'
  >;
  /** Names the platform on Stripe's page; undefined = accounts cannot be connected there. */
  connectClientId: string | undefined;
  secretKey: SecretKey;
  publicUrl: string;
  webhooks: { stripe: { isLivemode: boolean } };
};

export type Call<Params = unknown, Body = unknown> = AccountCall<Params, unknown, Body>;
export const away = unavailable('Stripe cannot be reached. Nothing has changed; try again later.');
export const realNow = () => fromMs(Date.now());

export const endpointOf = (account: Account, deps: ConnectionDeps) => ({
  url: webhookUrl(account, deps),
  types: HANDLED_EVENTS,
  apiVersion: API_VERSION,
});

const webhookUrl = ({ id }: Account, { publicUrl }: ConnectionDeps): string =>
  `${publicUrl.replace(/\/$/, '')}/webhooks/stripe/${id}`;

export const taken = (name: string) =>
  new Problem(409, 'stripe_account_taken', { detail: `The Stripe account ${name} is another account's here.` });

/** A live account that was signed up for sells nothing on the platform's [R27.9]. */
export function sellsOn({ stripeAccount: name, mode, needsOwnStripe }: Account): 'own' | 'platform' | 'nothing' {
  if (name !== null) return 'own';
  return mode === 'live' && needsOwnStripe ? 'nothing' : 'platform';
}

export async function stateOf(
  { em, account: { id } }: Call,
  deps: ConnectionDeps,
): Promise<z.input<typeof stripeSchema>> {
  const account = await em.fork().findOneOrFail(Account, { id });
  const connections: z.input<typeof connectionSchema>[] = [];
  for (const one of await connectionsOf(em)) connections.push(await toApi(one, account, em));
  const canConnectAtStripe =
    deps.connectClientId !== undefined && wantedMode(account, deps) === deps.webhooks.stripe.isLivemode;
  const clocks = account.mode === 'test' ? [TEST_CLOCKS] : [];
  return {
    sellsOn: sellsOn(account),
    canConnectAtStripe,
    webhookUrl: webhookUrl(account, deps),
    webhookTypes: [...HANDLED_EVENTS],
    permissions: [...PERMISSIONS, ...clocks, WEBHOOK_ENDPOINTS].map(({ resource, level }) => ({ resource, level })),
    connections,
  };
}

async function toApi(
  one: StripeConnection,
  account: Account,
  em: Call['em'],
): Promise<z.input<typeof connectionSchema>> {
  return {
    stripeAccount: one.stripeAccount,
    kind: one.kind,
    mode: one.isLivemode ? 'live' : 'test',
    isCurrent: account.stripeAccount === one.stripeAccount,
    keyEnding: one.disconnectedAt === null ? one.keyEnding : null,
    endpoint: one.sealedSecrets === null ? 'none' : one.stripeEndpointId === null ? 'by_hand' : 'ours',
    liveBilling: await liveBillingOn(em, account.id, one.stripeAccount),
    connectedAt: one.connectedAt,
    disconnectedAt: one.disconnectedAt,
  };
}

/** Whether a live Stripe account is wanted: a live account sells in the mode of the platform. */
export const wantedMode = ({ mode }: Account, { webhooks }: Pick<ConnectionDeps, 'webhooks'>): boolean =>
  mode === 'live' && webhooks.stripe.isLivemode;
