import type { EntityManager } from '@mikro-orm/postgresql';
import { query, run, sql } from '../sql.ts';

/**
 * A worker that has not been heard of for so long has died over its job, and another one begins it
 * anew.
 */
const HELD = sql`now() + interval '1 minute'`;
/** How often whoever is at a job has to say so. */
export const HOLD_EVERY_MS = 20_000;

/** How far a job had come when it was last ended; null = never. */
export type TakenJob = { position: string | null };

/**
 * Takes a job that is due, as one worker of all can; null where it is not due, or somebody is at
 * it.
 */
export async function takeJob(em: EntityManager, name: string): Promise<TakenJob | null> {
  const [taken] = await query<TakenJob>(
    em,
    sql`insert into worker_jobs as j (name, due_at) values (${name}, ${HELD})
     on conflict (name) do update set due_at = excluded.due_at where j.due_at <= now() returning position`,
  );
  return taken ?? null;
}

/** Whoever is at a job says so again before it would be given to another worker. */
export const holdJob = (em: EntityManager, name: string): Promise<unknown> =>
  run(em, sql`update worker_jobs set due_at = ${HELD} where name = ${name}`);

/** The job is over for now; `position` is handed to whoever takes it next. */
export const endJob = (em: EntityManager, name: string, againMs: number, { position }: TakenJob): Promise<unknown> =>
  run(
    em,
    sql`update worker_jobs set due_at = now() + ${againMs} * interval '1 millisecond', position = ${position} where name = ${name}`,
  );

/** Whichever worker sees it first begins the job, unless somebody is at it. */
export const hastenJob = (em: EntityManager, name: string): Promise<unknown> =>
  run(em, sql`update worker_jobs set due_at = now() where name = ${name}`);
