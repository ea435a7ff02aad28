import { prepared } from '../../sqlite.ts';
import type { BooksContext } from './context.ts';
import type { StripeEvent, WebhookEndpoint } from './docs.ts';
import { platformOf } from './ids.ts';

/** A delivery for every endpoint that listens to the event's type. */
export function queueDeliveries(context: BooksContext, event: StripeEvent): void {
  for (const { owner, endpoint } of listeners(context)) {
    if (hears(endpoint, event.type)) queueDelivery(context, event, owner, endpoint);
  }
}

/** How many endpoints have not yet taken the event. */
export function deliveriesLeft({ database }: BooksContext, event: string): number {
  const sql = `select count(*) as count from deliveries where event = ? and state = 'pending'`;
  const row = prepared(database, sql).get(event);
  return Number(row?.count ?? 0);
}

function listeners({ database, account }: BooksContext): { owner: string; endpoint: WebhookEndpoint }[] {
  const rows = prepared(
    database,
    `select account, json from objects where kind = 'webhook_endpoint' and account in (?, ?) order by seq`,
  ).all(account, platformOf(account) ?? account);
  return rows
    .map((row) => ({ owner: String(row.account), endpoint: JSON.parse(String(row.json)) as WebhookEndpoint }))
    .filter(({ owner, endpoint }) => endpoint._connect === (owner !== account));
}

function hears(endpoint: WebhookEndpoint, type: string): boolean {
  return (
    endpoint.status === 'enabled' && (endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type))
  );
}

function queueDelivery(
  { database, account }: BooksContext,
  event: StripeEvent,
  owner: string,
  endpoint: WebhookEndpoint,
): void {
  const now = Date.now();
  prepared(
    database,
    'insert into deliveries (account, event, endpoint_account, endpoint, next_at_ms, first_at_ms) values (?, ?, ?, ?, ?, ?)',
  ).run(account, event.id, owner, endpoint.id, now, now);
}
