import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import pg from 'pg';
import { createStripeGateway, type StripeGateway } from '../activities/gateways/stripe.ts';
import { createPoker, type Poker } from '../activities/gateways/temporal.ts';
import { createMailer, type Mailer } from '../activities/gateways/resend.ts';
import type { Config } from '../config.ts';
import { createEventStore, type EventStore } from '../db/store-events.ts';
import { openOrm, type Orm } from '../db/orm.ts';
import { log } from '../log.ts';

export type WorkerDeps = {
  orm: Orm;
  pool: pg.Pool;
  client: Client;
  poker: Poker;
  gateway: StripeGateway;
  mailer: Mailer;
  events: EventStore;
  close(): Promise<void>;
};

const STRIPE_TIMEOUT_MS = 20_000;
const MAIL_TIMEOUT_MS = 15_000;

/** Opens what the worker and ops need of the outside; Temporal is connected to when it is first used, so that it may start later. */
export async function openDeps(config: Config<'ops'>): Promise<WorkerDeps> {
  const orm = await openOrm({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE });
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 2 });
  const { connectionOptions } = loadClientConnectConfig();
  const connection = Connection.lazy({ ...connectionOptions, address: config.TEMPORAL_ADDRESS });
  const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
  return {
    orm,
    pool,
    client,
    poker: createPoker(client, { onLost: (what, id, error) => log.warn({ what, id, error }, 'wake.lost') }),
    gateway: createStripeGateway({
      apiKey: config.STRIPE_API_KEY,
      apiBase: config.STRIPE_API_BASE,
      timeoutMs: STRIPE_TIMEOUT_MS,
    }),
    mailer: createMailer({
      apiKey: config.RESEND_API_KEY,
      baseUrl: config.RESEND_BASE_URL,
      timeoutMs: MAIL_TIMEOUT_MS,
    }),
    events: createEventStore(pool),
    async close() {
      await connection.close();
      await pool.end();
      await orm.close();
    },
  };
}
