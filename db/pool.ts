import { createHash } from 'node:crypto';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { log } from '../log.ts';

/** Instants and days stay as Postgres writes them: none becomes a `Date`. */
const AS_WRITTEN = [pg.types.builtins.DATE, pg.types.builtins.TIMESTAMP, pg.types.builtins.TIMESTAMPTZ];

export function openPool({ url, size }: { url: string; size: number }): pg.Pool {
  const types = new pg.TypeOverrides();
  for (const oid of AS_WRITTEN) types.setTypeParser(oid, (text: string) => text);
  const pool = new pg.Pool({ connectionString: url, max: size, types });
  // Without a listener a lost connection would end the process. Whoever uses it gets the error too.
  const lost = (error: Error): void => log.warn({ error }, 'postgres.connection_lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}

/** With these words begins a statement that is planned for its values. */
export const PLANNED_EACH_TIME = '/* planned each time */';

/** A pool as Kysely, through which MikroORM speaks, takes its connections from it. */
export class PlanningPool implements PostgresPool {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  get options(): object {
    return this.#pool.options;
  }

  async connect(): Promise<PostgresPoolClient> {
    return new BorrowedClient(await this.#pool.connect());
  }

  end(): Promise<void> {
    return this.#pool.end();
  }
}

class BorrowedClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  #isBack = false;
  /**
   * Kysely releases only what it could commit or roll back. A connection lost in use would stay out
   * for ever; after as many losses as the pool has places, everybody would wait without end.
   */
  readonly #discard = (): void => this.#giveBack(true);

  constructor(client: pg.PoolClient) {
    this.#client = client;
    client.once('end', this.#discard);
  }

  query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  /**
   * Names every statement that comes with parameters, so that Postgres plans it once per
   * connection. MikroORM's own have their values within, and no name.
   */
  query<Row>(text: unknown, values: readonly unknown[] = []) {
    if (typeof text !== 'string') throw new Error('nothing is read by cursors');
    const isNamed = values.length > 0 && !text.startsWith(PLANNED_EACH_TIME);
    const asked = isNamed ? { name: nameOf(text), text, values: [...values] } : { text, values: [...values] };
    return this.#client.query(asked) as unknown as Promise<PostgresQueryResult<Row>> & PostgresCursor<Row>;
  }

  release(): void {
    this.#giveBack(false);
  }

  #giveBack(isLost: boolean): void {
    if (this.#isBack) return;
    this.#isBack = true;
    this.#client.off('end', this.#discard);
    this.#client.release(isLost);
  }
}

const names = new Map<string, string>();

/**
 * The same text always has the same name, by which Postgres knows it within a connection (63 bytes
 * at most).
 */
function nameOf(text: string): string {
  const known = names.get(text) ?? createHash('sha256').update(text).digest('base64url');
  names.set(text, known);
  return known;
}
