import Stripe from 'stripe';
import { reading } from './call.ts';
import { orThrow, StripeUnavailable } from './failures.ts';
import type { Access, ConnectGateway, KeyNeeds, KeyReading } from './connect-gateway.ts';
import { PERMISSIONS, permissionInWords, TEST_CLOCKS, WEBHOOK_ENDPOINTS, type Permission } from './permissions.ts';
import { createEndpoint, listEndpoints } from './webhook-endpoints.ts';

export const connectOf = (stripe: Stripe): ConnectGateway => ({
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
