import Stripe from 'stripe';
import { reading } from './call.ts';
import { orThrow, StripeUnavailable } from './failures.ts';
import type { Access, Admitted, ConnectGateway, KeyNeeds, KeyReading } from './connect-gateway.ts';
import { PERMISSIONS, permissionInWords, TEST_CLOCKS, WEBHOOK_ENDPOINTS, type Permission } from './permissions.ts';
import { createEndpoint, listEndpoints } from './webhook-endpoints.ts';

/** `connectBase`: where Stripe's page for it is. */
export const connectOf = (stripe: Stripe, connectBase = 'https://connect.stripe.com'): ConnectGateway => ({
  authorizeUrl({ clientId, state, redirectUri }) {
    const asked = { response_type: 'code', client_id: clientId, scope: 'read_write', state, redirect_uri: redirectUri };
    return new URL(`/oauth/authorize?${new URLSearchParams(asked).toString()}`, connectBase).toString();
  },
  exchangeCode: (code) => exchangeCode(stripe, code),
  deauthorize: (clientId, stripeAccount) => deauthorize(stripe, clientId, stripeAccount),
  readKey: (key, needs) => readKey(stripe, key, needs),
  async placeEndpoint(access, { url, types, apiVersion }) {
    const options = optionsOf(access);
    const before = (await listEndpoints(stripe, options)).filter((endpoint) => endpoint.url === url);
    const { endpoint, secret } = await createEndpoint(stripe, { url, types, apiVersion }, options);
    return { id: endpoint.id, secret, older: before.map(({ id }) => id) };
  },
  async removeEndpoint(id, stripeAccount) {
    try {
      await stripe.webhookEndpoints.del(id, {}, reading(stripeAccount));
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
    }
  },
});

const { StripeInvalidGrantError, StripeInvalidClientError } = Stripe.errors;

async function exchangeCode(stripe: Stripe, code: string): Promise<Admitted | null> {
  try {
    const token = await stripe.oauth.token({ grant_type: 'authorization_code', code });
    const { stripe_user_id: stripeAccount, access_token: accessToken } = token;
    if (stripeAccount === undefined || accessToken === undefined) return null;
    return { stripeAccount, isLivemode: token.livemode === true, accessToken };
  } catch (error) {
    if (error instanceof StripeInvalidGrantError) return null;
    return orThrow(Promise.reject(error as Error));
  }
}

async function deauthorize(stripe: Stripe, clientId: string, stripeAccount: string): Promise<void> {
  try {
    await stripe.oauth.deauthorize({ client_id: clientId, stripe_user_id: stripeAccount });
  } catch (error) {
    if (!(error instanceof StripeInvalidClientError)) await orThrow(Promise.reject(error as Error));
  }
}

const optionsOf = (access: Access): Stripe.RequestOptions =>
  'key' in access ? { apiKey: access.key } : reading(access.stripeAccount);

async function readKey(stripe: Stripe, key: string, needs: KeyNeeds): Promise<KeyReading> {
  const stripeAccount = await accountOf(stripe, key);
  if (stripeAccount === null) return { kind: 'unknown' };
  const wanted: Permission[] = [
    ...PERMISSIONS,
    ...(needs.clocks ? [TEST_CLOCKS] : []),
    ...(needs.endpoint ? [WEBHOOK_ENDPOINTS] : []),
  ];
  const missing: string[] = [];
  for (const permission of wanted)
    if (!(await isAllowed(stripe, key, permission))) missing.push(permissionInWords(permission));
  return missing.length > 0 ? { kind: 'lacks', missing } : { kind: 'opens', stripeAccount };
}

/**
 * The account of a key; null where Stripe does not know the key. One that may not read it is told
 * whose it is all the same.
 */
async function accountOf(stripe: Stripe, apiKey: string): Promise<string | null> {
  try {
    return (await stripe.accounts.retrieveCurrent({}, { apiKey })).id;
  } catch (error) {
    const named = isForbidden(error) ? /on account '(acct_\w+)'/.exec(error.message)?.[1] : undefined;
    if (named !== undefined) return named;
    if (error instanceof Stripe.errors.StripeAuthenticationError) return null;
    return orThrow(Promise.reject(error as Error));
  }
}

const isForbidden = (error: unknown): error is Error => error instanceof Stripe.errors.StripePermissionError;

/** Stripe looks at the permission first, and only then for the object. */
async function isAllowed(stripe: Stripe, apiKey: string, { level, path, params = {} }: Permission): Promise<boolean> {
  try {
    await stripe.rawRequest(level === 'write' ? 'POST' : 'GET', path, params, { apiKey });
    return true;
  } catch (error) {
    if (isForbidden(error)) return false;
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return true;
    if (error instanceof Stripe.errors.StripeError) throw new StripeUnavailable('permission_check');
    throw error;
  }
}
