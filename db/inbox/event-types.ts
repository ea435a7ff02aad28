import type { EntityManager } from '@mikro-orm/postgresql';
import type { Orm } from '../orm.ts';
import type { EventStore } from './store-events.ts';
import { query, run, sql } from '../sql.ts';

const NOTED_EVERY_MS = 60_000;

/**
 * The store of webhooks: notes beside it which kinds they bring, each once a minute; what cannot be
 * noted now is noted with the next.
 */
export function notingDeliveries({ store }: EventStore, orm: Orm): EventStore {
  const notedAtMs = new Map<string, number>();
  const note = (kind: string): void => {
    const now = Date.now();
    if (now - (notedAtMs.get(kind) ?? 0) < NOTED_EVERY_MS) return;
    notedAtMs.set(kind, now);
    noteKinds(orm.em.fork(), 'delivered_at', [kind]).catch(() => notedAtMs.delete(kind));
  };
  return {
    async store(event) {
      const stored = await store(event);
      note(event.kind);
      return stored;
    },
  };
}

/** Kinds of events that were found in Stripe's list and that no webhook had brought. */
export const noteMissed = (em: EntityManager, kinds: readonly string[]): Promise<unknown> =>
  noteKinds(em, 'missed_at', kinds);

async function noteKinds(em: EntityManager, noted: 'delivered_at' | 'missed_at', kinds: readonly string[]) {
  if (kinds.length === 0) return;
  const column = sql.ref(noted);
  await run(
    em,
    sql`insert into event_types (kind, ${column}) select unnest(${kinds}::text[]), now()
     on conflict (kind) do update set ${column} = now()`,
  );
}

/**
 * Of the kinds that we act on, those that no webhook has ever brought; `missed`: such events were
 * found all the same.
 */
export type KindsWithoutWebhook = { neverDelivered: string[]; missed: string[] };

export async function kindsWithoutWebhook(em: EntityManager, kinds: readonly string[]): Promise<KindsWithoutWebhook> {
  const rows = await query<{ kind: string; is_missed: boolean }>(
    em,
    sql`select k.kind, t.missed_at is not null as is_missed
     from unnest(${kinds}::text[]) k(kind) left join event_types t on t.kind = k.kind
     where t.delivered_at is null`,
  );
  return {
    neverDelivered: rows.map(({ kind }) => kind),
    missed: rows.flatMap(({ kind, is_missed }) => (is_missed ? [kind] : [])),
  };
}
