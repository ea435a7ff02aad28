import { join } from 'node:path';
import type { Children, Launch } from './processes/children.ts';
import { addressesOf, environmentOf, migrationEnvironmentOf } from './environment/environment.ts';
import type { StarterConfig } from './environment/environment.ts';
import { keepSecrets } from './environment/secrets.ts';
import type { Secrets } from './environment/secrets.ts';
import type { Progress } from './processes/progress.ts';
import { buyDemoPlan, type Places } from './demo-plan.ts';
import { postgres } from './postgres.ts';
import { ourProcess, runToEnd } from './processes/programs.ts';
import { findTemporalCli } from './temporal/temporal-cli.ts';
import { temporalServer } from './temporal/temporal-server.ts';
import { registerWebhooks, reportDeliveries } from './webhook-endpoint.ts';

/** The demo account and the platform's, as `demo/seed.ts` tells it. */
export type Demo = {
  accountId: string;
  apiKey: string;
  operatorKey: string;
  adminEmail: string;
  adminPassword: string;
  platformAccountId: string;
  operatorEmail: string;
};

type Stack = {
  config: StarterConfig;
  secrets: Secrets;
  children: Children;
  progress: Progress;
};

/**
 * Brings everything up, side by side where one does not need the other; resolves when all of it is
 * ready.
 */
export async function bringUp(stack: Stack): Promise<Demo> {
  const { config } = stack;
  const built = buildApart(stack);
  await Promise.all([startTemporal(stack), migrateOnceUp(stack, built), startStandIns(stack)]);
  const env = environmentOf(config, stack.secrets);
  const at = addressesOf(config);
  const readyz = (url: string) => [`${url}/readyz`];
  const [seeded] = await Promise.all([
    stack.progress.during('seeding the demo account', () => runToEnd('demo/seed.ts', [], env)),
    up(stack, ourProcess({ name: 'worker', file: 'dist/worker/main.js', env, readyAt: readyz(at.worker) })),
    up(stack, ourProcess({ name: 'api', file: 'dist/api/main.js', env, readyAt: readyz(at.localApi) })),
  ]);
  const demo = demoIn(seeded);
  if (at.stripe) await planOf(stack, demo, { api: at.localApi, stripe: at.stripe });
  return demo;
}

/** Without it everything works as well: it is tried again at the next start. */
async function planOf({ progress }: Stack, demo: Demo, places: Places): Promise<void> {
  const buying = buyDemoPlan(demo, places);
  await progress
    .during('buying the demo account a plan', () => buying)
    .catch((error: Error) => progress.say(error.message));
}

/** In a process of its own, so that the compiler's memory is gone with it. */
async function buildApart({ config, progress }: Stack): Promise<void> {
  const env = { ...process.env, CACHE_DIR: config.CACHE_DIR };
  await progress.during('building', () => runToEnd('scripts/build.ts', [], env, progress.say));
}

async function up({ children, progress }: Stack, launch: Launch): Promise<void> {
  await progress.during(`starting ${launch.name}`, () => children.start(launch));
  progress.say(`${launch.name} is up`);
}

async function startTemporal(stack: Stack): Promise<void> {
  const { config, progress } = stack;
  if (config.TEMPORAL_ADDRESS) return;
  const search = { given: config.TEMPORAL_CLI, cacheDir: config.CACHE_DIR, say: progress.say };
  const cli = await progress.during('fetching Temporal', () => findTemporalCli(search));
  const server = temporalServer({
    cli,
    file: join(config.DATA_DIR, 'temporal.sqlite'),
    port: config.TEMPORAL_PORT,
    uiPort: config.TEMPORAL_UI_PORT,
    httpPort: config.TEMPORAL_HTTP_PORT,
    metricsPort: config.TEMPORAL_METRICS_PORT,
    namespace: config.TEMPORAL_NAMESPACE,
  });
  await up(stack, server);
}

async function migrateOnceUp(stack: Stack, built: Promise<void>): Promise<void> {
  const { config, secrets, progress } = stack;
  if (!config.DATABASE_URL) {
    const folder = join(config.DATA_DIR, 'postgres');
    const wish = { folder, port: config.POSTGRES_PORT, password: secrets.postgresPassword };
    await up(stack, await progress.during('making the database', () => postgres(wish)));
  }
  await built;
  const env = migrationEnvironmentOf(config, secrets);
  await progress.during('migrating the database', () => runToEnd('dist/db/migrate.js', [], env));
}

async function startStandIns(stack: Stack): Promise<void> {
  const { config, secrets } = stack;
  const at = addressesOf(config);
  const args = [...(at.stripe ? ['stripe'] : []), ...(at.mailbox ? ['mailbox'] : [])];
  if (args.length > 0) {
    const readyAt = [at.stripe && `${at.stripe}/`, at.mailbox && `${at.mailbox}/`].filter((url) => url !== undefined);
    const env = environmentOf(config, secrets);
    await up(stack, ourProcess({ name: 'sandbox', file: 'sandbox/main.ts', args, env, readyAt }));
  }
  await prepareWebhooks(stack, at.stripe);
  if (at.mailbox) await reportDeliveries(at.mailbox, `${at.localApi}/webhooks/resend`, secrets.resendWebhookSecret);
}

async function prepareWebhooks({ config, secrets, progress }: Stack, sandbox: string | undefined): Promise<void> {
  if (config.STRIPE_WEBHOOK_SECRET) return;
  if (!sandbox) {
    throw new Error(
      'STRIPE_API_KEY is given, so STRIPE_WEBHOOK_SECRET is needed too: the signing secret of the webhook endpoint at Stripe.',
    );
  }
  const url = `${addressesOf(config).localApi}/webhooks/stripe/platform`;
  const known = secrets.stripeWebhookSecret;
  const secret = await registerWebhooks({ base: sandbox, apiKey: secrets.stripeApiKey }, url, known);
  if (secret === known) return;
  secrets.stripeWebhookSecret = secret;
  await keepSecrets(config.DATA_DIR, secrets);
  progress.say('Stripe sends its webhooks to the API');
}

function demoIn(output: string): Demo {
  const line = output.split('\n').find((each) => each.startsWith('{') && each.includes('"apiKey"'));
  if (!line) throw new Error(`demo/seed.ts did not name the demo account, but said: ${output}`);
  return JSON.parse(line) as Demo;
}
