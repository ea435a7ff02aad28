import { createHmac } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { StagedFaults } from '../data/staged-faults.ts';
import { visible } from '../data/books.ts';
import { prepared } from '../../sqlite.ts';
import { Ticker } from './ticker.ts';
import type { StripeEvent, WebhookEndpoint } from '../data/docs.ts';

const TIMEOUT_MS = 10_000;
const AT_ONCE = 16;
const GIVE_UP_MS = 3 * 24 * 3_600_000;
/** Stripe's pauses grow to hours; somebody who develops does not wait so long. */
const LONGEST_PAUSE_MS = 60_000;
/** `reorder` turns each group of so many round. */
const GROUP = 5;
const GROUP_STEP_MS = 100;
const IDLE_MS = 1_000;

interface Delivery {
  id: number;
  account: string;
  event: string;
  endpointAccount: string;
  endpoint: string;
  attempts: number;
  firstAtMs: number;
}

/**
 * Delivers events to webhook endpoints: signed, in the background, tried again with growing pauses
 * until taken.
 */
export class Courier {
  readonly #database: DatabaseSync;
  readonly #faults: StagedFaults;
  readonly #busy = new Set<number>();
  readonly #stop = new AbortController();
  readonly #ticker = new Ticker(IDLE_MS, () => this.#look());

  constructor(database: DatabaseSync, faults: StagedFaults) {
    this.#database = database;
    this.#faults = faults;
  }

  /** Looks for deliveries that are due, soon. */
  wake(): void {
    this.#ticker.wake();
  }

  stop(): void {
    this.#stop.abort();
    this.#ticker.stop();
  }

  #look(): boolean {
    for (const delivery of this.#due()) {
      this.#busy.add(delivery.id);
      void this.#deliver(delivery).finally(() => {
        this.#busy.delete(delivery.id);
        this.wake();
      });
    }
    return false;
  }

  #due(): Delivery[] {
    const room = AT_ONCE - this.#busy.size;
    if (room <= 0) return [];
    const rows = prepared(
      this.#database,
      `select id, account, event, endpoint_account, endpoint, attempts, first_at_ms from deliveries
       where state = 'pending' and next_at_ms <= ? order by next_at_ms, id limit ?`,
    ).all(Date.now(), AT_ONCE * 2);
    const deliveries = rows.map((row) => ({
      id: Number(row.id),
      account: String(row.account),
      event: String(row.event),
      attempts: Number(row.attempts),
      endpointAccount: String(row.endpoint_account),
      endpoint: String(row.endpoint),
      firstAtMs: Number(row.first_at_ms),
    }));
    return deliveries.filter(({ id }) => !this.#busy.has(id)).slice(0, room);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const event = this.#read<StripeEvent>(delivery.account, delivery.event);
    const endpoint = this.#read<WebhookEndpoint>(delivery.endpointAccount, delivery.endpoint);
    if (!event || !endpoint || endpoint.status === 'disabled') return this.#finish(delivery, 'dropped');
    const fault = delivery.attempts === 0 ? this.#faults.takeForEvent(event.type, delivery.account) : undefined;
    if (fault?.kind === 'drop') return this.#finish(delivery, 'dropped');
    if (fault?.kind === 'delay') return this.#again(delivery, fault.delayMs ?? 5_000);
    if (fault?.kind === 'reorder') return this.#again(delivery, (GROUP - (delivery.id % GROUP)) * GROUP_STEP_MS);
    const taken = await this.#post(endpoint, event);
    if (taken && fault?.kind === 'repeat') await this.#post(endpoint, event);
    if (this.#stop.signal.aborted) return;
    if (taken) this.#finish(delivery, 'delivered');
    else if (Date.now() - delivery.firstAtMs > GIVE_UP_MS) this.#finish(delivery, 'given_up');
    else this.#again(delivery, Math.min(1_000 * 2 ** delivery.attempts, LONGEST_PAUSE_MS));
  }

  async #post(endpoint: WebhookEndpoint, event: StripeEvent): Promise<boolean> {
    const body = JSON.stringify({ ...visible(event), livemode: false, pending_webhooks: 1 });
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': signatureOf(body, endpoint._secret),
    };
    try {
      const response = await fetch(endpoint.url, { method: 'POST', body, headers, signal, redirect: 'manual' });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  #read<T>(account: string, id: string): T | undefined {
    const row = prepared(this.#database, 'select json from objects where account = ? and id = ?').get(account, id);
    return row && (JSON.parse(String(row.json)) as T);
  }

  #finish(delivery: Delivery, state: 'delivered' | 'dropped' | 'given_up'): void {
    prepared(this.#database, 'update deliveries set state = ?, attempts = attempts + 1 where id = ?').run(
      state,
      delivery.id,
    );
  }

  #again(delivery: Delivery, pauseMs: number): void {
    const sql = 'update deliveries set next_at_ms = ?, attempts = attempts + 1 where id = ?';
    prepared(this.#database, sql).run(Date.now() + pauseMs, delivery.id);
    setTimeout(() => this.wake(), pauseMs).unref();
  }
}

/** Stripe's scheme: `t=<seconds>,v1=<HMAC-SHA256 of "t.body">` (https://docs.stripe.com/webhooks#verify-manually). */
function signatureOf(body: string, secret: string): string {
  const timestamp = Math.floor(Date.now() / 1000);
  return `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}
