import type { Reach } from '../activities/gateways/outside-address.ts';
import { createMailer, type Mailer } from '../activities/gateways/resend.ts';
import { createStripeGateway, type StripeGateway } from '../activities/gateways/stripe.ts';
import { connectTemporal, type Temporal } from '../activities/gateways/connect-temporal.ts';
import { createRuns, type Runs } from '../activities/gateways/runs.ts';
import { createWakes, type Wakes } from '../activities/gateways/temporal.ts';
import type { Config } from '../config.ts';
import { reachOf } from '../db/money/connections.ts';
import { openOrm, type Orm } from '../db/orm.ts';
import { secretKeyOf, type SecretKey } from '../db/signature.ts';
import { createEventStore, type EventStore } from '../db/inbox/store-events.ts';
import { log } from '../log.ts';

export type WorkerDeps = {
  orm: Orm;
  temporal: Temporal;
  wakes: Wakes;
  runs: Runs;
  gateway: StripeGateway;
  mailer: Mailer;
  events: EventStore;
  /** Opens the keys of connected Stripe accounts. */
  secretKey: SecretKey;
  /** Into which networks addresses may lead that people give us. */
  outsideReach: Reach;
  close(): Promise<void>;
};

const STRIPE_TIMEOUT_MS = 20_000;
const MAIL_TIMEOUT_MS = 15_000;

/**
 * Opens what the worker and ops need of the outside; nothing of it has to be there yet but
 * Postgres.
 */
export async function openDeps(config: Config<'ops'>): Promise<WorkerDeps> {
  const orm = await openOrm({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL_SIZE });
  const temporal = connectTemporal(config);
  const secretKey = secretKeyOf(config);
  return {
    orm,
    temporal,
    wakes: createWakes(temporal.client, { onLost: (what, id, error) => log.warn({ what, id, error }, 'wake.lost') }),
    runs: createRuns(temporal.client),
    gateway: createStripeGateway({
      apiKey: config.STRIPE_API_KEY,
      apiBase: config.STRIPE_API_BASE,
      timeoutMs: STRIPE_TIMEOUT_MS,
      reachOf: (stripeAccount) => reachOf(orm.em.fork(), stripeAccount, secretKey),
    }),
    mailer: createMailer({
      apiKey: config.RESEND_API_KEY,
      baseUrl: config.RESEND_BASE_URL,
      timeoutMs: MAIL_TIMEOUT_MS,
    }),
    events: createEventStore(orm),
    secretKey,
    outsideReach: config.OUTSIDE_NETWORKS,
    async close() {
      await temporal.close();
      await orm.close();
    },
  };
}
