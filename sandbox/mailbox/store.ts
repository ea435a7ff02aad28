import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction, openSqlite, prepared } from '../sqlite.ts';
import type { EventType, StoredEmail, Submission } from './email.ts';
import { addressOf } from './email.ts';

const SCHEMA = `
  create table if not exists email (
    seq integer primary key, id text not null unique, recipients text not null, body text not null
  );
  create table if not exists idempotency (
    key text primary key, payload text not null, answer text not null, stored_at integer not null
  );
  create index if not exists idempotency_age on idempotency (stored_at);
  create table if not exists delivery (
    seq integer primary key, id text not null unique, body text not null,
    attempts integer not null default 0, due_at integer not null, state text not null default 'open'
  );
  create index if not exists delivery_open on delivery (seq) where state = 'open';
  create table if not exists suppression (
    id text primary key, email text not null unique, origin text not null, source_id text not null, created_at text not null
  );
  create table if not exists setting (name text primary key, value text not null);
`;

const KEY_MEMORY_MS = 24 * 3_600_000;

export type Remembered = { payload: string; answer: string };
export type Delivery = { id: string; body: string; attempts: number };
export type Search = { to?: string | undefined; containing?: string | undefined; beforeSeq?: number; limit?: number };

export type MailboxStore = ReturnType<typeof openStore>;

/**
 * The mailbox's data, in one SQLite file: emails, idempotency keys, webhook deliveries,
 * suppressed addresses, settings.
 */
export function openStore(dataDir: string, now: () => number) {
  const db = openSqlite(dataDir, 'mailbox.sqlite', SCHEMA);
  return {
    ...emails(db, now),
    ...keys(db, now),
    ...deliveries(db, now),
    ...suppressions(db, now),
    ...settings(db),
    /** All of `work`, or nothing of it. */
    atomically: <T>(work: () => T): T => inTransaction(db, work),
    close: () => db.close(),
  };
}

type Row = { seq: number; body: string };

/** Those of earlier versions have no attachments. */
function read(row: unknown): StoredEmail {
  const stored = JSON.parse((row as Row).body) as Omit<StoredEmail, 'attachments'> & Partial<StoredEmail>;
  return { ...stored, attachments: stored.attachments ?? [] };
}

function emails(db: DatabaseSync, now: () => number) {
  const find = (id: string) => {
    const row = prepared(db, 'select body from email where id = ?').get(id);
    return row ? read(row) : null;
  };
  return {
    find,
    addEmail(submission: Submission, idempotencyKey: string | null, events: EventType[]): StoredEmail {
      const createdAt = new Date(now()).toISOString();
      const email: StoredEmail = { ...submission, id: randomUUID(), createdAt, idempotencyKey, events };
      const recipients = [...email.to, ...email.cc, ...email.bcc].map(addressOf).join('|');
      const insert = prepared(db, 'insert into email (id, recipients, body) values (?, ?, ?)');
      insert.run(email.id, `|${recipients}|`, JSON.stringify(email));
      return email;
    },
    addEvent(id: string, type: EventType): StoredEmail | null {
      const email = find(id);
      if (!email) return null;
      email.events.push(type);
      prepared(db, 'update email set body = ? where id = ?').run(JSON.stringify(email), id);
      return email;
    },
    /** Newest first; `to` is a whole address, `containing` any part of one. */
    search({ to, containing, beforeSeq, limit = 100 }: Search): (StoredEmail & { seq: number })[] {
      const part = to ? `|${to.trim().toLowerCase()}|` : (containing ?? '').trim().toLowerCase();
      const rows = prepared(
        db,
        'select seq, body from email where instr(recipients, ?) > 0 and seq < ? order by seq desc limit ?',
      ).all(part, beforeSeq ?? Number.MAX_SAFE_INTEGER, limit) as unknown as Row[];
      return rows.map((row) => ({ ...read(row), seq: row.seq }));
    },
    /** Deletes everything but the settings. Returns the number of emails. */
    clear(): number {
      db.exec('delete from idempotency; delete from delivery; delete from suppression;');
      return Number(prepared(db, 'delete from email').run().changes);
    },
  };
}

function keys(db: DatabaseSync, now: () => number) {
  return {
    /** What was answered to this key in the last 24 hours. */
    remembered(key: string): Remembered | null {
      prepared(db, 'delete from idempotency where stored_at <= ?').run(now() - KEY_MEMORY_MS);
      const row = prepared(db, 'select payload, answer from idempotency where key = ?').get(key);
      return (row as Remembered | undefined) ?? null;
    },
    remember(key: string, { payload, answer }: Remembered): void {
      const insert = prepared(db, 'insert into idempotency (key, payload, answer, stored_at) values (?, ?, ?, ?)');
      insert.run(key, payload, answer, now());
    },
  };
}

function deliveries(db: DatabaseSync, now: () => number) {
  return {
    addDelivery(id: string, body: string): void {
      prepared(db, 'insert into delivery (id, body, due_at) values (?, ?, ?)').run(id, body, now());
    },
    /** The first delivery that is due, in order of making. */
    dueDelivery(): Delivery | null {
      const sql = `select id, body, attempts from delivery where state = 'open' and due_at <= ? order by seq limit 1`;
      return (prepared(db, sql).get(now()) as Delivery | undefined) ?? null;
    },
    nextDueAt(): number | null {
      const row = prepared(db, `select min(due_at) as due from delivery where state = 'open'`).get();
      return (row as { due: number | null }).due;
    },
    endDelivery(id: string, state: 'done' | 'failed'): void {
      prepared(db, 'update delivery set state = ?, attempts = attempts + 1 where id = ?').run(state, id);
    },
    postponeDelivery(id: string, dueAt: number): void {
      prepared(db, 'update delivery set attempts = attempts + 1, due_at = ? where id = ?').run(dueAt, id);
    },
    /** Makes every open delivery due. */
    hurryDeliveries(): void {
      prepared(db, `update delivery set due_at = ? where state = 'open'`).run(now());
    },
  };
}

/** As Resend answers one: https://resend.com/docs/api-reference/suppressions */
export type Suppression = { id: string; email: string; origin: string; source_id: string; created_at: string };

function suppressions(db: DatabaseSync, now: () => number) {
  return {
    suppress(email: string, origin: 'bounce' | 'complaint', sourceId: string): void {
      const sql =
        'insert into suppression (id, email, origin, source_id, created_at) values (?, ?, ?, ?, ?) on conflict do nothing';
      prepared(db, sql).run(randomUUID(), email, origin, sourceId, new Date(now()).toISOString());
    },
    suppression(idOrEmail: string): Suppression | null {
      const row = prepared(db, 'select * from suppression where id = ? or email = lower(?)').get(idOrEmail, idOrEmail);
      return (row as Suppression | undefined) ?? null;
    },
    unsuppress: (id: string): void => void prepared(db, 'delete from suppression where id = ?').run(id),
  };
}

function settings(db: DatabaseSync) {
  return {
    setting<T>(name: string): T | null {
      const row = prepared(db, 'select value from setting where name = ?').get(name);
      return row ? (JSON.parse((row as { value: string }).value) as T) : null;
    },
    setSetting(name: string, value: unknown): void {
      const sql =
        'insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value';
      prepared(db, sql).run(name, JSON.stringify(value));
    },
  };
}
