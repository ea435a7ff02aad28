import { prepared } from '../../sqlite.ts';
import { invalidRequest, missing } from '../protocol/fault.ts';
import type { BooksContext, RequestMark } from './context.ts';
import { queueDeliveries } from './deliveries.ts';
import type { AnyDoc, Doc, Docs, Kind } from './docs.ts';
import { dueOf } from './due.ts';
import { newEvent } from './new-event.ts';
import { FILTERS, pageQuery, type Filter, type Paging } from './page-query.ts';
import { readSettings, type AccountSettings } from './settings.ts';

const UPSERT = `insert into objects
  (account, id, kind, created, label, customer, subscription, invoice, payment_intent, charge, clock, due_at, due_rank, json)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  on conflict (account, id) do update set created = excluded.created, customer = excluded.customer, subscription = excluded.subscription,
    invoice = excluded.invoice, payment_intent = excluded.payment_intent, charge = excluded.charge,
    due_at = excluded.due_at, due_rank = excluded.due_rank, json = excluded.json`;

/**
 * One account's objects, as seen and changed by one request or one due instant. Used inside a
 * transaction.
 */
export class Books {
  readonly context: BooksContext;
  readonly settings: AccountSettings;
  readonly request: RequestMark;

  constructor(context: BooksContext, request: RequestMark = { id: null, idempotency_key: null }) {
    this.context = context;
    this.request = request;
    this.settings = readSettings(context.database, context.account);
  }

  find<K extends Kind>(kind: K, id: string): Docs[K] | undefined {
    const sql = 'select json from objects where account = ? and id = ? and kind = ?';
    const row = prepared(this.context.database, sql).get(this.context.account, id, kind);
    return row && (JSON.parse(String(row.json)) as Docs[K]);
  }

  /**
   * The object, or Stripe's `resource_missing` naming the parameter that pointed to it (404 for the
   * address itself, else 400).
   */
  need<K extends Kind>(kind: K, id: string, param = 'id'): Docs[K] {
    const found = this.find(kind, id);
    if (!found) throw missing(LABELS[kind] ?? kind, id, param);
    return found;
  }

  /** All objects of a kind that match, oldest first. */
  all<K extends Kind>(kind: K, filter: Filter = {}): Docs[K][] {
    const names = FILTERS.filter((name) => filter[name] !== undefined);
    const where = names.map((name) => ` and ${name} = ?`).join('');
    const sql = `select json from objects where account = ? and kind = ?${where} order by created, seq`;
    const rows = prepared(this.context.database, sql).all(
      this.context.account,
      kind,
      ...names.map((name) => filter[name]!),
    );
    return rows.map((row) => JSON.parse(String(row.json)) as Docs[K]);
  }

  /** One page, newest first; `accept` filters further by what no index knows. */
  page<K extends Kind>(
    kind: K,
    filter: Filter,
    paging: Paging,
    accept: (doc: Docs[K]) => boolean = () => true,
  ): { docs: Docs[K][]; more: boolean } {
    const limit = paging.limit ?? 10;
    const { sql, values, reversed } = pageQuery(this.context, kind, filter, paging);
    const docs: Docs[K][] = [];
    for (const row of this.context.database.prepare(sql).iterate(...values)) {
      const doc = JSON.parse(String(row.json)) as Docs[K];
      if (accept(doc)) docs.push(doc);
      if (docs.length > limit) break;
    }
    const more = docs.length > limit;
    const kept = docs.slice(0, limit);
    return { docs: reversed ? kept.reverse() : kept, more };
  }

  /** Writes the object as it now is, without an event. */
  save<D extends AnyDoc>(doc: D): D {
    const due = dueOf(doc);
    const index = indexOf(doc);
    prepared(this.context.database, UPSERT).run(
      this.context.account,
      doc.id,
      doc.object,
      doc.created,
      doc.object === 'event' ? doc.type : null,
      ...(['customer', 'subscription', 'invoice', 'payment_intent', 'charge'] as const).map(
        (name) => index[name] ?? null,
      ),
      doc._clock ?? '',
      due?.at ?? null,
      due?.rank ?? 0,
      JSON.stringify(doc),
    );
    return doc;
  }

  /** A new object, with its event where Stripe has one. */
  add<D extends AnyDoc>(doc: D, type?: string): D {
    this.save(doc);
    if (type) this.emit(type, doc, doc.created);
    return doc;
  }

  /**
   * Writes the changed object and, where something visible changed, emits `type` with the previous
   * values.
   */
  change<D extends AnyDoc>(doc: D, at: number, type: string): D {
    const before = this.find(doc.object, doc.id);
    this.save(doc);
    if (!before) return doc;
    const previous = changedFields(visible(before), visible(doc));
    if (previous) this.emit(type, doc, at, previous);
    return doc;
  }

  /**
   * Keeps an event, as of the simulated or real instant `at`, and a delivery for every endpoint
   * that listens to its type.
   */
  emit(type: string, object: Doc, at: number, previous?: Record<string, unknown>): void {
    const event = newEvent(this, { type, object: visible(object), clock: object._clock ?? null, at, previous });
    this.save(event);
    queueDeliveries(this.context, event);
  }

  /** What `run` would come to: nothing of it stays. */
  tryOut<T>(run: () => T): T {
    const { database } = this.context;
    database.exec('savepoint tried_out');
    try {
      return run();
    } finally {
      database.exec('rollback to tried_out');
      database.exec('release tried_out');
    }
  }

  remove(id: string): void {
    prepared(this.context.database, 'delete from objects where account = ? and id = ?').run(this.context.account, id);
  }

  /**
   * The time by which a customer lives: the test clock's, else real time. Nothing may be changed
   * while the clock is moving.
   */
  timeOf(customer: { test_clock: string | null } | null): number {
    if (!customer?.test_clock) return this.context.now();
    const clock = this.need('test_helpers.test_clock', customer.test_clock);
    if (clock.status === 'advancing') {
      throw invalidRequest(
        `The test clock ${clock.id} is advancing: objects on it cannot be changed until it is ready.`,
      );
    }
    return clock.frozen_time;
  }

  /** The time by which an object lives that belongs to this customer, or to none. */
  customerTime(id: string | null): number {
    return this.timeOf(id === null ? null : this.need('customer', id));
  }
}

const LABELS: Partial<Record<Kind, string>> = {
  payment_method: 'PaymentMethod',
  'test_helpers.test_clock': 'test clock',
};

function indexOf(doc: AnyDoc): Filter {
  const fields = doc as unknown as Record<string, unknown>;
  const word = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    customer: word(fields.customer),
    subscription: doc.object === 'invoice' ? doc.parent?.subscription_details?.subscription : word(fields.subscription),
    invoice: word(fields.invoice) ?? word(fields._invoice),
    payment_intent: doc.object === 'invoice_payment' ? doc.payment.payment_intent : word(fields.payment_intent),
    charge: word(fields.charge),
  };
}

/** The object as the API shows it: without the sandbox's own fields. */
export function visible(doc: Doc): Record<string, unknown> {
  return Object.fromEntries(Object.entries(doc).filter(([name]) => !name.startsWith('_')));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The earlier values of what differs, nested objects by their differing fields; undefined if
 * nothing does.
 */
function changedFields(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const previous: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name], after[name]];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    previous[name] = isPlain(was) && isPlain(is) ? changedFields(was, is) : (was ?? null);
  }
  return Object.keys(previous).length > 0 ? previous : undefined;
}
