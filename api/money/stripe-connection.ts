import { z } from 'zod';
import type { Account } from '../../db/entities/account.ts';
import type { StripeConnection } from '../../db/entities/stripe-connection.ts';
import {
  connectionsOf,
  endConnection,
  isTaken,
  keepConnection,
  liveBillingOn,
  rotateSecret,
} from '../../db/money/connections.ts';
import { keepOwnStripeAccount } from '../../db/money/own-stripe-account.ts';
import { log } from '../../log.ts';
import { OWNERS } from '../auth/roles.ts';
import { invalid, notFound, Problem } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { disconnectAnswer, disconnectBody, keyBody, stripeAccount, stripeSchema } from './stripe-connection-schema.ts';
import {
  away,
  endpointOf,
  realNow,
  sellsOn,
  stateOf,
  taken,
  wantedMode,
  type Call,
  type ConnectionDeps,
} from './stripe-state.ts';

type OneCall<Body = unknown> = Call<{ stripeAccount: string }, Body>;

const tag = 'Account';
const path = '/v1/account/stripe';
const one = { tag, roles: OWNERS, params: z.strictObject({ stripeAccount }), problems: [404, 409, 503] } as const;

const read = defineRoute({
  method: 'get',
  path,
  tag,
  operationId: 'getStripe',
  summary: 'Read on which Stripe account is sold, and what else is connected',
  roles: OWNERS,
  answers: { 200: stripeSchema },
  handle: async (call, deps: ConnectionDeps) => ({ status: 200, body: await stateOf(call, deps) }),
});

const connectKey = defineRoute({
  method: 'post',
  path: `${path}/key`,
  tag,
  operationId: 'connectStripeByKey',
  audit: { left: ['stripe.connected'] },
  summary: 'Connect a Stripe account by a restricted key of it, or give it another key',
  description:
    'The key is tried at Stripe before it is kept, sealed; nobody is shown it again. From then on new purchases are sold there. What was sold before stays where it is.',
  roles: OWNERS,
  body: keyBody,
  example: { restrictedKey: 'rk_test_51Example' },
  answers: { 200: stripeSchema },
  problems: [409, 503],
  perMinute: 20,
  writes: 'own',
  async handle(call, deps: ConnectionDeps) {
    const { account, em, caller, body } = call;
    const isLivemode = modeOf(body.restrictedKey, account, deps);
    const own = await deps.stripe.ownAccount().catch(away);
    await keepOwnStripeAccount(em, own);
    const name = await accountOfKey(call, deps);
    if (await isTaken(em, name, account.id)) throw taken(name);
    const known = (await connectionsOf(em)).find((connection) => connection.stripeAccount === name);
    const endpoint = await endpointFor(call, known, deps);
    const made = {
      stripeAccount: name,
      accountId: account.id,
      kind: 'key',
      isLivemode,
      key: body.restrictedKey,
    } as const;
    const kept = { ...made, endpoint, actor: caller.actor, now: realNow() };
    if (!(await keepConnection(em, kept, deps.secretKey))) throw taken(name);
    log.info({ accountId: account.id, stripeAccount: name, kind: made.kind }, 'stripe.connected');
    for (const id of endpoint?.older ?? []) await deps.stripe.removeEndpoint(id, name);
    return { status: 200, body: await stateOf(call, deps) };
  },
});

/** Whether it is a live key: test accounts take test keys, live ones those of the platform. */
function modeOf(key: string, account: Account, deps: ConnectionDeps): boolean {
  const [, keyMode] = /^rk_(live|test)_\w+$/.exec(key) ?? [];
  if (keyMode === undefined) throw invalid('restrictedKey', 'must be a restricted key, which begins with rk_');
  const wanted = wantedMode(account, deps) ? 'live' : 'test';
  if (keyMode !== wanted) throw invalid('restrictedKey', `must be a key of the ${wanted} mode here`);
  return keyMode === 'live';
}

async function accountOfKey({ account, body }: Call<unknown, z.output<typeof keyBody>>, { stripe }: ConnectionDeps) {
  const needs = { clocks: account.mode === 'test', endpoint: body.webhookSecret === undefined };
  const reading = await stripe.readKey(body.restrictedKey, needs).catch(away);
  if (reading.kind === 'opens') return reading.stripeAccount;
  if (reading.kind === 'unknown') throw invalid('restrictedKey', 'is not known at Stripe');
  const message = `must also be allowed: ${reading.missing.join(', ')}`;
  throw invalid('restrictedKey', message, 'permission_missing');
}

type Endpoint = { id: string | null; secret: string; older: string[] } | null;

/** One that is there already stays, with its secret; null = that. */
async function endpointFor(
  { account, body }: Call<unknown, z.output<typeof keyBody>>,
  known: StripeConnection | undefined,
  deps: ConnectionDeps,
): Promise<Endpoint> {
  if (body.webhookSecret !== undefined) return { id: null, secret: body.webhookSecret, older: [] };
  if (known?.sealedSecrets != null) return null;
  return deps.stripe.placeEndpoint({ key: body.restrictedKey }, endpointOf(account, deps)).catch(away);
}

const rotate = defineRoute({
  ...one,
  method: 'post',
  path: `${path}/{stripeAccount}/rotate-secret`,
  operationId: 'rotateStripeSecret',
  audit: { left: ['stripe.secret_rotated'] },
  summary: 'Make its webhook endpoint anew, with another secret',
  body: z.strictObject({}),
  example: {},
  answers: { 200: stripeSchema },
  writes: 'own',
  async handle(call, deps: ConnectionDeps) {
    const connection = await theConnection(call);
    const { stripeAccount: name } = connection;
    const made = await deps.stripe.placeEndpoint({ stripeAccount: name }, endpointOf(call.account, deps)).catch(away);
    await rotateSecret(call.em, connection, made, deps.secretKey);
    for (const id of made.older) await deps.stripe.removeEndpoint(id, name);
    return { status: 200, body: await stateOf(call, deps) };
  },
});

const disconnect = defineRoute({
  ...one,
  method: 'post',
  path: `${path}/{stripeAccount}/disconnect`,
  operationId: 'disconnectStripe',
  audit: { left: ['stripe.disconnected'] },
  summary: 'Disconnect a Stripe account, or say with `dryRun` what that would do',
  description:
    'Its key is erased, and our webhook endpoint there is removed. 409 `live_billing` while Stripe may still charge purchases there, unless `leaveBilling` is given. What was sold there can be read, and connecting it again makes everything possible again.',
  body: disconnectBody,
  example: { dryRun: true },
  answers: { 200: disconnectAnswer },
  writes: 'own',
  async handle(call: OneCall<z.output<typeof disconnectBody>>, deps: ConnectionDeps) {
    const { em, account, body } = call;
    const { stripeAccount: name, stripeEndpointId, kind } = await theConnection(call);
    const liveBilling = await liveBillingOn(em, account.id, name);
    const afterwards = account.stripeAccount === name ? sellsOn({ ...account, stripeAccount: null }) : sellsOn(account);
    if (body.dryRun)
      return { status: 200, body: { status: 'preview' as const, stripeAccount: name, liveBilling, afterwards } };
    if (liveBilling > 0 && !body.leaveBilling) throw stillCharged(liveBilling);
    if (stripeEndpointId !== null) await deps.stripe.removeEndpoint(stripeEndpointId, name);
    if (kind === 'oauth' && deps.connectClientId !== undefined)
      await deps.stripe.deauthorize(deps.connectClientId, name).catch(away);
    await endConnection(em, name, realNow());
    log.info({ accountId: account.id, stripeAccount: name }, 'stripe.disconnected');
    return { status: 200, body: { status: 'disconnected' as const, stripe: await stateOf(call, deps) } };
  },
});

const stillCharged = (count: number) => {
  const purchases = count === 1 ? 'One purchase is' : `${count} purchases are`;
  return new Problem(409, 'live_billing', {
    detail: `${purchases} still charged there. Stripe would go on, and nothing of it could be seen, canceled or refunded here. Cancel first, or say leaveBilling.`,
  });
};

async function theConnection({ em, params }: OneCall): Promise<StripeConnection> {
  const found = (await connectionsOf(em)).find(
    (connection) => connection.stripeAccount === params.stripeAccount && connection.disconnectedAt === null,
  );
  if (!found) throw notFound('Stripe account');
  return found;
}

export const stripeConnectionRoutes = { read, connectKey, rotate, disconnect };
