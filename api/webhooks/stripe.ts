import type { IncomingMessage, ServerResponse } from 'node:http';
import { constructEvent, isHandled, toArrivedEvent } from '../../activities/gateways/stripe.ts';
import type { EventStore } from '../../db/store-events.ts';
import { Problem } from '../http/problem.ts';
import { readBytes } from './raw-body.ts';
import type { PokeSoon } from './poke-soon.ts';

export type StripeWebhookDeps = {
  store: EventStore;
  pokeSoon: PokeSoon;
  /** Endpoint -> its signing secret; `platform` is the platform's own. */
  secrets: ReadonlyMap<string, string>;
  /** Whether our key at Stripe is a live one: events of the other mode are not ours. */
  isLivemode: boolean;
};

const MAX_BYTES = 1024 * 1024;

/** Stores what Stripe says before it is acknowledged [R22.1]; what we do not act on is acknowledged and forgotten. */
export async function receiveStripe(
  endpointId: string,
  request: IncomingMessage,
  response: ServerResponse,
  deps: StripeWebhookDeps,
): Promise<void> {
  const secret = deps.secrets.get(endpointId);
  if (secret === undefined) throw new Problem(404, 'not_found', { detail: 'There is no such endpoint.' });
  const body = await readBytes(request, MAX_BYTES);
  const event = verified(body, String(request.headers['stripe-signature'] ?? ''), secret);
  if (event.livemode !== deps.isLivemode) {
    throw new Problem(400, 'wrong_mode', { detail: 'This event is of the other mode (live or test).' });
  }
  if (isHandled(event.type)) await keep(endpointId, event, body, deps);
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"received":true}');
}

type StripeEvent = ReturnType<typeof constructEvent>;

function verified(body: Buffer, signature: string, secret: string): StripeEvent {
  try {
    return constructEvent(body, signature, secret);
  } catch {
    throw new Problem(400, 'bad_signature', { detail: 'The signature does not fit, or is older than 5 minutes.' });
  }
}

async function keep(endpointId: string, event: StripeEvent, body: Buffer, deps: StripeWebhookDeps): Promise<void> {
  const stored = await deps.store.store(toArrivedEvent(event, endpointId, body));
  if (stored.isNew && stored.subjectId) deps.pokeSoon(stored.subjectId, { kind: event.type, rowId: stored.rowId });
}
