import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { CONNECT, constructEvent, isHandled, toArrivedEvent } from '../../activities/gateways/stripe.ts';
import type { ArrivedEvent, EventStore } from '../../db/inbox/store-events.ts';
import type { Listener } from '../../db/money/connections.ts';
import { isStorable } from '../http/check-input.ts';
import { checkModest, WEBHOOK_BOUNDS } from '../http/modest-json.ts';
import { Problem } from '../http/problem.ts';
import { log } from '../../log.ts';
import { fromMs, type Instant } from '../../workflows/domain/instant.ts';
import { readBytes } from './raw-body.ts';
import type { WakeSoon } from './wake-soon.ts';

export type StripeWebhookDeps = {
  store: EventStore;
  wakeSoon: WakeSoon;
  /** Endpoint -> its signing secret; `platform` is the platform's own. */
  secrets: ReadonlyMap<string, string>;
  /** Whom an account listens to: its events come to the endpoint of the account's id. */
  listeners: (accountId: string) => Promise<Listener[]>;
  /** Called where somebody has taken back our access at Stripe; false = it was known. */
  onRevoked: (stripeAccount: string, at: Instant) => Promise<boolean>;
  /** Whether our key at Stripe is a live one: events of the other mode are not ours. */
  isLivemode: boolean;
};

/** `foreign`: of somebody else with whom the Stripe account is shared; counted and not kept. */
type WebhookOutcome = 'received' | 'foreign';

const MAX_BYTES = 1024 * 1024;

/**
 * Stores what Stripe says before it is acknowledged [R22.1]; what we do not act on is acknowledged
 * and forgotten.
 */
export async function receiveStripe(
  endpointId: string,
  request: IncomingMessage,
  response: ServerResponse,
  deps: StripeWebhookDeps,
): Promise<WebhookOutcome> {
  const senders = await sendersOf(endpointId, deps);
  if (senders.length === 0) throw new Problem(404, 'not_found', { detail: 'There is no such endpoint.' });
  const body = await readBytes(request, MAX_BYTES);
  checkModest(body, WEBHOOK_BOUNDS);
  const { event, sender } = verified(body, String(request.headers['stripe-signature'] ?? ''), senders);
  if (!isEvent(event)) throw noEvent();
  if (event.livemode !== sender.isLivemode) {
    throw new Problem(400, 'wrong_mode', { detail: 'This event is of the other mode (live or test).' });
  }
  if (event.type === REVOKED && sender.source === CONNECT) await revoke(event, deps);
  const outcome = isHandled(event.type) ? await keep(sender, event, body, deps) : 'received';
  response.writeHead(200, HEAD).end(RECEIVED);
  return outcome;
}

const REVOKED = 'account.application.deauthorized';

async function revoke({ account, created }: StripeEvent, { onRevoked }: StripeWebhookDeps): Promise<void> {
  if (account === undefined || !(await onRevoked(account, fromMs(created * 1000)))) return;
  log.warn({ stripeAccount: account }, 'stripe.access_revoked');
}

const RECEIVED = '{"received":true}';

/** With its length named, head and body leave in one write. */
const HEAD = { 'Content-Type': 'application/json', 'Content-Length': RECEIVED.length };

type StripeEvent = ReturnType<typeof constructEvent>;

/** Who signs what comes to an endpoint: under which name its events are kept, and in which mode. */
type Sender = { source: string; isLivemode: boolean; secrets: string[] };

async function sendersOf(endpointId: string, deps: StripeWebhookDeps): Promise<Sender[]> {
  const { secrets, isLivemode, listeners } = deps;
  const secret = secrets.get(endpointId);
  if (secret !== undefined) return [{ source: endpointId, isLivemode, secrets: [secret] }];
  if (!z.uuid().safeParse(endpointId).success) return [];
  const found = await listeners(endpointId);
  return found.map(({ stripeAccount, ...sender }) => ({ source: stripeAccount, ...sender }));
}

type Verified = { event: StripeEvent; sender: Sender };

/** The signature says which of the Stripe accounts has sent it. */
function verified(body: Buffer, signature: string, senders: Sender[]): Verified {
  for (const sender of senders)
    for (const secret of sender.secrets) {
      const event = signedWith(secret, body, signature);
      if (event) return { event, sender };
    }
  throw new Problem(400, 'bad_signature', { detail: 'The signature does not fit, or is older than 5 minutes.' });
}

function signedWith(secret: string, body: Buffer, signature: string): StripeEvent | null {
  try {
    return constructEvent(body, signature, secret);
  } catch (error) {
    if (error instanceof SyntaxError) throw noEvent();
    return null;
  }
}

const noEvent = (): Problem => new Problem(400, 'malformed_body', { detail: 'This is no event of Stripe.' });

/** Later than any event; keeps its instant within four-digit years. */
const LATEST_S = Date.UTC(3000, 0) / 1000;

/** The signature says who wrote it, not what: of this much its row is made. */
function isEvent(signed: unknown): boolean {
  const { id, type, created, data } = (signed ?? {}) as Partial<Record<keyof StripeEvent, unknown>>;
  const isTimed = Number.isSafeInteger(created) && Number(created) >= 0 && Number(created) < LATEST_S;
  const isNamed = typeof id === 'string' && /^[\w-]{1,255}$/.test(id) && typeof type === 'string';
  const { object } = (data ?? {}) as Partial<Record<'object', unknown>>;
  return isTimed && isNamed && typeof object === 'object' && object !== null;
}

async function keep(
  { source }: Sender,
  event: StripeEvent,
  body: Buffer,
  deps: StripeWebhookDeps,
): Promise<WebhookOutcome> {
  // A Stripe account speaks for itself alone, and not for those that are connected to it.
  if (isConnected(source) && event.account !== undefined && event.account !== source) return 'foreign';
  const stored = await deps.store.store(arrivedOf(event, source, body));
  if (stored.isNew && stored.subjectId && !stored.isAwaited)
    deps.wakeSoon(stored.subjectId, { kind: event.type, rowId: stored.rowId }, isByRequest(event));
  return stored.isForeign ? 'foreign' : 'received';
}

const isConnected = (source: string): boolean => source.startsWith('acct_');

/** Stripe names the request that caused an event; what happens there by itself has none. */
const isByRequest = ({ request }: StripeEvent): boolean => Boolean(request?.id);

/**
 * An event as its row keeps it. @throws Problem 400 where it has another shape than Stripe's, or
 * texts that Postgres cannot hold
 */
function arrivedOf(event: StripeEvent, endpointId: string, body: Buffer): ArrivedEvent {
  try {
    const arrived = toArrivedEvent(event, endpointId, body);
    const { body: _bytes, ...columns } = arrived;
    if (Object.values(columns).every(isColumn)) return arrived;
  } catch {
    // Answered below: it lacks something that every such object of Stripe has.
  }
  throw noEvent();
}

const isColumn = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(isColumn)
    : typeof value === 'string'
      ? value.length <= 255 && isStorable(value)
      : typeof value === 'boolean' || value === null;
