import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isTaken, keepConnection } from '../../db/money/connections.ts';
import { keepOwnStripeAccount } from '../../db/money/own-stripe-account.ts';
import { beginAuthorization, takeAuthorization } from '../../db/money/stripe-authorizations.ts';
import { log } from '../../log.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { OWNERS } from '../auth/roles.ts';
import { instant } from '../http/fields.ts';
import { Problem, wrongState } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { stripeSchema } from './stripe-connection-schema.ts';
import { away, endpointOf, realNow, stateOf, taken, wantedMode, type ConnectionDeps } from './stripe-state.ts';

const tag = 'Account';
const path = '/v1/account/stripe';

/** For so long somebody may be at Stripe's page. */
const VALID_MS = 30 * 60 * 1000;

/** The page to which Stripe leads back; Stripe has to know this address beforehand. */
export const CALLBACK_PATH = '/settings/stripe/callback';

const hashOf = (state: string): string => createHash('sha256').update(state).digest('hex');

const authorize = defineRoute({
  method: 'post',
  path: `${path}/authorize`,
  tag,
  operationId: 'authorizeStripe',
  audit: { none: 'Begins what another route ends.' },
  summary: "Begin to connect a Stripe account on Stripe's own page",
  description: 'Whoever asks opens the address within 30 minutes, and comes back to `/settings/stripe/callback`.',
  roles: OWNERS,
  body: z.strictObject({}),
  example: {},
  answers: { 200: z.strictObject({ url: z.string(), expiresAt: instant }).meta({ id: 'StripeAuthorizePage' }) },
  problems: [409],
  isSecret: true,
  async handle({ em, account, caller }, deps: ConnectionDeps) {
    const { connectClientId: clientId, stripe, publicUrl, webhooks } = deps;
    if (clientId === undefined) throw wrongState("Stripe's page is not set up here. Connect by a restricted key.");
    if (wantedMode(account, deps) !== webhooks.stripe.isLivemode)
      throw wrongState("Stripe's page connects live accounts here. Connect a test account by a restricted key.");
    const state = randomBytes(32).toString('base64url');
    const expiresAt = fromMs(Date.now() + VALID_MS);
    const begun = { stateHash: hashOf(state), accountId: account.id, actor: caller.actor, expiresAt, now: realNow() };
    await beginAuthorization(em, begun);
    const redirectUri = `${publicUrl.replace(/\/$/, '')}${CALLBACK_PATH}`;
    return { status: 200, body: { url: stripe.authorizeUrl({ clientId, state, redirectUri }), expiresAt } };
  },
});

const complete = defineRoute({
  method: 'post',
  path: `${path}/oauth`,
  tag,
  operationId: 'connectStripeByCode',
  audit: { left: ['stripe.connected'] },
  summary: "Connect the Stripe account that was let in on Stripe's page",
  description: 'By whoever began it, once: `code` and `state` as Stripe brings them back.',
  roles: OWNERS,
  body: z.strictObject({ code: z.string().min(1).max(255), state: z.string().min(1).max(255) }),
  example: { code: 'ac_1Example', state: 'as-it-came-back' },
  answers: { 200: stripeSchema },
  problems: [409, 503],
  perMinute: 20,
  writes: 'own',
  async handle(call, deps: ConnectionDeps) {
    const { em, account, caller, body } = call;
    const { stripe } = deps;
    const own = await stripe.ownAccount().catch(away);
    await keepOwnStripeAccount(em, own);
    const back = { stateHash: hashOf(body.state), accountId: account.id, actor: caller.actor, now: realNow() };
    if (!(await takeAuthorization(em, back))) throw notBegun();
    const admitted = await stripe.exchangeCode(body.code).catch(away);
    if (!admitted) throw notBegun();
    const { stripeAccount: name, isLivemode, accessToken: key } = admitted;
    if (isLivemode !== wantedMode(account, deps))
      throw wrongState('It was connected in the other mode (live or test).');
    if (await isTaken(em, name, account.id)) throw taken(name);
    const endpoint = await stripe.placeEndpoint({ key }, endpointOf(account, deps)).catch(away);
    const made = { stripeAccount: name, accountId: account.id, kind: 'oauth', isLivemode, key: null } as const;
    const kept = await keepConnection(em, { ...made, endpoint, actor: caller.actor, now: realNow() }, deps.secretKey);
    if (!kept) throw taken(name);
    log.info({ accountId: account.id, stripeAccount: name, kind: made.kind }, 'stripe.connected');
    for (const id of endpoint.older) await stripe.removeEndpoint(id, name);
    return { status: 200, body: await stateOf(call, deps) };
  },
});

const notBegun = () =>
  new Problem(422, 'token_invalid', {
    detail: 'This is no answer to what you began, or it came too late. Begin again.',
  });

export const stripeOauthRoutes = { authorize, complete };
