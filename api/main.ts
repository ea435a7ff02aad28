import { once } from 'node:events';
import type pg from 'pg';
import { connectTemporal } from '../activities/gateways/connect-temporal.ts';
import { createStripeGateway } from '../activities/gateways/stripe.ts';
import { createPoker } from '../activities/gateways/temporal.ts';
import { readConfigOrExit, type Config } from '../config.ts';
import { listenForAnswers } from '../db/answers.ts';
import { openOrm, type Orm } from '../db/orm.ts';
import { createEventStore } from '../db/store-events.ts';
import { log, startLog } from '../log.ts';
import { createApi } from './server.ts';
import { gatherPokes } from './webhooks/poke-soon.ts';

const config = readConfigOrExit('api');
startLog({ process: 'api', level: config.LOG_LEVEL });

/** An answer may take this long before it becomes 202 [R6.2]. */
const COMMAND_WAIT_MS = 5_000;
const CLOCK_WAIT_MS = 25_000;
const STRIPE_TIMEOUT_MS = 5_000;

async function serve(settings: Config<'api'>): Promise<void> {
  const orm = await openOrm({ url: settings.DATABASE_URL, poolSize: settings.DATABASE_POOL_SIZE });
  const answers = listenForAnswers(settings.DATABASE_URL);
  const temporal = connectTemporal(settings);
  const poker = createPoker(temporal.client, {
    onLost: (what, id, error) => log.warn({ what, id, error }, 'poke.lost'),
  });
  const app = createApi({
    orm,
    answers,
    poker,
    stripe: createStripeGateway({
      apiKey: settings.STRIPE_API_KEY,
      apiBase: settings.STRIPE_API_BASE,
      timeoutMs: STRIPE_TIMEOUT_MS,
    }),
    secretKey: settings.SECRET_KEY,
    publicUrl: settings.PUBLIC_URL,
    trustProxy: settings.TRUST_PROXY,
    waitMs: COMMAND_WAIT_MS,
    clockWaitMs: CLOCK_WAIT_MS,
    webhooks: {
      stripe: {
        store: createEventStore(await poolOf(orm)),
        pokeSoon: gatherPokes(poker),
        secrets: new Map([['platform', settings.STRIPE_WEBHOOK_SECRET]]),
        isLivemode: /^(sk|rk)_live_/.test(settings.STRIPE_API_KEY),
      },
      resend: { orm, secret: settings.RESEND_WEBHOOK_SECRET },
    },
  });
  const server = app.listen(settings.PORT, settings.HOST);
  await once(server, 'listening');
  log.info({ port: settings.PORT }, 'api.listening');
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  log.info('api.stopping');
  const cutOff = setTimeout(() => server.closeAllConnections(), settings.SHUTDOWN_GRACE_MS);
  server.closeIdleConnections();
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(cutOff);
  await answers.close();
  await temporal.close();
  await orm.close();
  log.info('api.stopped');
}

const poolOf = async (orm: Orm): Promise<pg.Pool> => (await orm.em.getConnection().getNativeClient()) as pg.Pool;

await serve(config);
