import { v7 as uuid } from 'uuid';
import { anAccount, T0 } from '../builders/rows.ts';
import { aKey } from '../api/a-world.ts';
import { eventually } from '../ground/eventually.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import type { BenchStack } from './bench-stack.ts';

export { T0 };

/**
 * A creator's site on a stack: what is asked of it goes over HTTP, and who buys pays on Stripe's
 * page.
 */
export type Site = {
  accountId: string;
  get: <Body>(path: string) => Promise<Body>;
  post: <Body>(path: string, body?: object) => Promise<Body>;
  sql: <Row>(text: string, values?: unknown[]) => Promise<Row[]>;
  /** A monthly subscription; `more`: whatever else the offer shall say. */
  offer(more?: object): Promise<string>;
  /** Somebody new buys the offer; resolves to the purchase once its checkout is paid. */
  checkOut(offerId: string): Promise<string>;
  /**
   * Until what was paid for has begun, and every inbox row, pending verb and queued email of the
   * account has had its end.
   */
  quiet(withinMs?: number): Promise<void>;
};

/** In test mode its clock stands at T0. */
export async function openSite(stack: BenchStack, mode: 'live' | 'test'): Promise<Site> {
  const em = stack.deps.orm.em.fork();
  const now = mode === 'test' ? T0 : new Date().toISOString();
  const { accountId } = await anAccount(em, { mode, now });
  const key = await aKey(em, accountId, 'owner');
  const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    stack.deps.orm.em.fork().execute<Row[]>(text, values);

  async function call<Body>(method: string, path: string, body?: object): Promise<Body> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': uuid() };
    const response = await fetch(stack.apiUrl + path, { method, headers, body: body ? JSON.stringify(body) : null });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as Body;
  }

  const paid: string[] = [];
  const get: Site['get'] = (path) => call('GET', path);
  const post: Site['post'] = (path, body = {}) => call('POST', path, body);

  return {
    accountId,
    get,
    post,
    sql,
    async offer(more = {}) {
      const product = await post<{ id: string }>('/v1/products', { name: 'Course' });
      const price = { kind: 'subscription', amountMinor: 2_900, currency: 'usd', interval: 'month' };
      const made = await post<{ id: string }>('/v1/offers', {
        name: 'Studio',
        productIds: [product.id],
        price,
        ...more,
      });
      return made.id;
    },
    async checkOut(offerId) {
      const person = { offerId, email: `ada-${uuid()}@example.com`, name: 'Ada' };
      const { purchaseId, url } = await post<{ purchaseId: string; url: string }>('/v1/checkouts', person);
      const [sessionId] = /cs_\w+/.exec(url) ?? [];
      await control(stack.sandbox, 'POST', `/checkout/${sessionId}/pay`, { card: '4242424242424242' });
      paid.push(purchaseId);
      return purchaseId;
    },
    async quiet(withinMs = 60_000) {
      await eventually(async () => {
        const [left] = await sql<{ count: string }>(LEFT, [accountId, accountId, accountId, paid.join()]);
        return left?.count === '0';
      }, withinMs);
    },
  };
}

const LEFT = `
  select (select count(*) from inbox where account_id = ? and state = 'open')
    + (select count(*) from purchases where account_id = ? and has_pending and not needs_attention)
    + (select count(*) from emails where account_id = ? and state = 'queued')
    + (select count(*) from purchases where id = any(string_to_array(?, ',')::uuid[]) and started_at is null) as count`;
