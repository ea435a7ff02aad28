import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);
const count = z.coerce.number().int().min(1);
const networks = z.enum(['public', 'loopback', 'any']).default('public');
const filled = z.string().min(1);
const given = filled.optional();
const text = z.string().optional();
const address = z.url().optional();
const share = z.coerce.number().min(0).max(1);
const secret = z.string().min(32, 'needs at least 32 characters');

/** Every name that a process reads from its environment; a test holds `.env.example` equal. */
export const settings = {
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'needs a postgres:// address' })
    .describe('Postgres. npm start brings its own when this is not given.'),
  MIGRATE_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'needs a postgres:// address' })
    .optional()
    .describe(
      'Postgres as the role that owns the tables; npm run migrate and ops restore alone use it, and let the role of DATABASE_URL read and write rows.',
    ),
  DATABASE_POOL_SIZE: count.default(10).describe('Connections to Postgres per process.'),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/, 'needs host:port')
    .describe('Temporal, host:port. npm start brings its own when this is not given.'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default').describe('Namespace in Temporal.'),
  TEMPORAL_API_KEY: text.describe('Key of Temporal Cloud; read by @temporalio/envconfig.'),
  TEMPORAL_TLS_CLIENT_CERT_PATH: text.describe('Client certificate for Temporal (mTLS).'),
  TEMPORAL_TLS_CLIENT_KEY_PATH: text.describe('Key of that certificate.'),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: text.describe('Authority that signed the certificate of Temporal.'),
  TEMPORAL_UI_URL: address.describe('Address of the Temporal UI, to which pages link.'),
  STRIPE_API_KEY: filled.describe('Secret key at Stripe. npm start brings a sandbox when this is not given.'),
  STRIPE_API_BASE: address.describe('Another address than api.stripe.com, such as the sandbox.'),
  STRIPE_WEBHOOK_SECRET: filled.describe('Signing secret of the webhook endpoint PUBLIC_URL/webhooks/stripe/platform.'),
  STRIPE_CONNECT_CLIENT_ID: given.describe(
    'Client id for Connect at Stripe; without it accounts connect by keys alone.',
  ),
  STRIPE_CONNECT_WEBHOOK_SECRET: given.describe(
    'Signing secret of PUBLIC_URL/webhooks/stripe/connect: who takes access back.',
  ),
  RESEND_API_KEY: z.string().min(1).describe('Key at Resend. npm start brings a mailbox when this is not given.'),
  RESEND_BASE_URL: address.describe('Another address than api.resend.com, such as the mailbox.'),
  RESEND_RATE_PER_SECOND: z.coerce
    .number()
    .positive()
    .default(2)
    .describe('Most emails a second, over all workers; Resend allows 2 unless it was asked for more.'),
  RESEND_WEBHOOK_SECRET: given.describe(
    'Signing secret of the webhook endpoint PUBLIC_URL/webhooks/resend; without it nothing is heard of deliveries.',
  ),
  MAIL_FROM: z.string().min(3).describe('Sender of every email: Name <address>.'),
  PUBLIC_URL: z.url().describe('Address at which people and Stripe reach this service; links in emails start with it.'),
  SECRET_KEY: secret.describe('Signs and seals what people hold of us; at least 32 random characters.'),
  SECRET_KEY_PREVIOUS: secret
    .optional()
    .describe('The SECRET_KEY before this one: what it signed is still taken. To be removed 30 days after a change.'),
  OUTSIDE_NETWORKS: networks.describe('Networks that calendars may be in: public ones, loopback as well, or any.'),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address that api and worker listen on; 0.0.0.0 in a container.'),
  PORT: port.default(4400).describe('Port of api and pages.'),
  TRUST_PROXY: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('Number of reverse proxies in front of api; with a PUBLIC_URL of https at least 1.'),
  WORKER_PORT: port.default(4408).describe('Port of /healthz and /readyz of the worker.'),
  METRICS_PORT: port.default(4409).describe('Port of /metrics of the API, for Prometheus and not for the public.'),
  WORKER_METRICS_PORT: port.default(4410).describe('Port of /metrics of the worker.'),
  WORKER_MAX_CACHED: count
    .default(1000)
    .describe('Purchases whose workflow the worker keeps in memory (0.1 to 0.3 MB each).'),
  SHUTDOWN_GRACE_MS: count.default(10_000).describe('How long work in hand may take after SIGTERM, in milliseconds.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least level that is logged.'),
  DATA_DIR: z.string().min(1).default('.data').describe('Where npm start keeps its data, secrets and logs.'),
  CACHE_DIR: z.string().min(1).default('.cache').describe('Where downloaded programs are kept.'),
  TEMPORAL_UI_PORT: port.default(4401).describe('Port of the UI of the Temporal that npm start brings.'),
  MAILBOX_PORT: port.default(4402).describe('Port of the mailbox.'),
  STRIPE_PORT: port.default(4403).describe('Port of the sandbox Stripe.'),
  TEMPORAL_PORT: port.default(4404).describe('Port (gRPC) of the Temporal that npm start brings.'),
  POSTGRES_PORT: port.default(4405).describe('Port of the Postgres that npm start brings.'),
  TEMPORAL_METRICS_PORT: port.default(4406).describe('Port of the metrics of that Temporal.'),
  TEMPORAL_HTTP_PORT: port.default(4407).describe('Port of the HTTP API of that Temporal.'),
  TEMPORAL_CLI: text.describe('Path of the Temporal CLI, if it is neither on PATH nor to be downloaded.'),
  TEMPORAL_TEST_SERVER: text.describe('Path of the time-skipping Temporal server, for the tests.'),
  DEMO_API_KEY: z.string().min(16).optional().describe('API key of the demo account; npm start makes one.'),
  DEMO_OPERATOR_KEY: z.string().min(16).optional().describe('Operator key of the demo; npm start makes one.'),
  DEMO_ADMIN_PASSWORD: z.string().min(8).optional().describe('Password of the demo account; npm start makes one.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: address.describe('Collector of traces (OTLP over HTTP); without it none are made.'),
  OTEL_TRACES_SAMPLER_ARG: share.default(1).describe('Which share of traces is sent, 0 to 1.'),
  PERENNIAL_FAULTS: text.describe('Fault points for tests; never set it in production.'),
};

type Name = keyof typeof settings;

const database = ['DATABASE_URL', 'DATABASE_POOL_SIZE'] as const;
const temporal = [
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_API_KEY',
  'TEMPORAL_TLS_CLIENT_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_KEY_PATH',
  'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
] as const;
const stripe = ['STRIPE_API_KEY', 'STRIPE_API_BASE'] as const;
const connect = ['STRIPE_CONNECT_CLIENT_ID', 'STRIPE_CONNECT_WEBHOOK_SECRET'] as const;
const heard = ['STRIPE_WEBHOOK_SECRET', ...connect, 'RESEND_WEBHOOK_SECRET'] as const;
const resend = ['RESEND_API_KEY', 'RESEND_BASE_URL'] as const;
const mail = [...resend, 'MAIL_FROM'] as const;
const traces = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_TRACES_SAMPLER_ARG'] as const;
const every = ['OUTSIDE_NETWORKS', 'LOG_LEVEL', ...traces, 'PERENNIAL_FAULTS'] as const;
const demo = ['DEMO_API_KEY', 'DEMO_OPERATOR_KEY', 'DEMO_ADMIN_PASSWORD'] as const;
const secrets = ['SECRET_KEY', 'SECRET_KEY_PREVIOUS'] as const;
const serving = [...database, ...temporal, ...stripe, 'PUBLIC_URL', ...secrets, ...every] as const;
const standIns = ['DATA_DIR', 'STRIPE_PORT', 'MAILBOX_PORT', 'LOG_LEVEL'] as const;
const ports = [
  'PORT',
  'WORKER_PORT',
  'TEMPORAL_UI_PORT',
  'TEMPORAL_PORT',
  'POSTGRES_PORT',
  'TEMPORAL_METRICS_PORT',
  'TEMPORAL_HTTP_PORT',
  'METRICS_PORT',
  'WORKER_METRICS_PORT',
] as const;
/** If given, the real service is used. If not, npm start brings a stand-in or makes the secret. */
const real = [
  'DATABASE_URL',
  'MIGRATE_DATABASE_URL',
  'TEMPORAL_ADDRESS',
  'TEMPORAL_UI_URL',
  ...stripe,
  ...heard,
  ...mail,
  'PUBLIC_URL',
  'SECRET_KEY',
  'SECRET_KEY_PREVIOUS',
  ...demo,
] as const;

const schemas = {
  api: behindProxy(
    pick(serving, [
      ...heard,
      ...resend,
      'HOST',
      'PORT',
      'METRICS_PORT',
      'TRUST_PROXY',
      'SHUTDOWN_GRACE_MS',
      'TEMPORAL_UI_URL',
    ]),
  ),
  worker: pick(serving, mail, [
    'HOST',
    'WORKER_PORT',
    'WORKER_METRICS_PORT',
    'WORKER_MAX_CACHED',
    'SHUTDOWN_GRACE_MS',
    'RESEND_RATE_PER_SECOND',
  ]),
  migrate: pick(['DATABASE_URL', 'MIGRATE_DATABASE_URL', 'LOG_LEVEL']),
  ops: pick(serving, mail, ['MIGRATE_DATABASE_URL']),
  demo: pick(['DATABASE_URL'], demo).required(),
  sandbox: pick(standIns),
  build: pick(['CACHE_DIR']),
  test: pick(['CACHE_DIR', 'TEMPORAL_CLI', 'TEMPORAL_TEST_SERVER']),
  starter: behindProxy(
    pick(standIns, ports, ['HOST', 'TRUST_PROXY', 'CACHE_DIR', 'TEMPORAL_NAMESPACE', 'TEMPORAL_CLI']).extend(
      pick(real).partial().shape,
    ),
  ),
};

export type ProcessName = keyof typeof schemas;
export type Config<P extends ProcessName> = z.output<(typeof schemas)[P]>;
export type Environment = Record<string, string | undefined>;

/** The names that a process reads. */
export const namesOf = (name: ProcessName): string[] => Object.keys(schemas[name].shape);

/** Everything that is missing or wrong in one environment, in one message. */
export class ConfigFault extends Error {
  override name = 'ConfigFault';
}

/**
 * Reads what the named process needs from its environment; an empty value counts as missing.
 * @throws ConfigFault that lists every missing or wrong name at once, never a value
 */
export function readConfig<P extends ProcessName>(name: P, env: Environment = process.env): Config<P> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = schemas[name].safeParse(given);
  if (read.success) return read.data as Config<P>;
  const faults = read.error.issues.map(
    (issue) => `  ${fault(String(issue.path[0]) as Name, given, { code: issue.code ?? '', message: issue.message })}`,
  );
  throw new ConfigFault(`The environment of ${name} has ${faults.length} fault(s):\n${faults.join('\n')}`);
}

/** As readConfig from the process's own environment; faults go to stderr and end the process. */
export function readConfigOrExit<P extends ProcessName>(name: P): Config<P> {
  // Libraries that read the environment themselves (Temporal's) would take an empty value for one.
  for (const each of Object.keys(settings)) if (process.env[each] === '') delete process.env[each];
  try {
    return readConfig(name);
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    console.error(`${error.message}\nSee .env.example.`);
    process.exit(1);
  }
}

function fault(name: Name, given: Environment, { code, message }: { code: string; message: string }): string {
  return given[name] === undefined && code !== 'custom'
    ? `${name} is missing. ${settings[name].description ?? ''}`
    : `${name} is wrong: ${message}`;
}

/**
 * We speak plain HTTP only, so an https address means that there is a proxy in front. If it is not
 * counted, all visitors seem to have its address.
 */
function behindProxy<S extends z.ZodType<{ PUBLIC_URL?: string | undefined; TRUST_PROXY: number }>>(schema: S): S {
  const read = z.object({ PUBLIC_URL: settings.PUBLIC_URL.optional(), TRUST_PROXY: settings.TRUST_PROXY });
  return schema.refine(({ PUBLIC_URL: url, TRUST_PROXY: proxies }) => proxies > 0 || !/^https:/i.test(url ?? ''), {
    path: ['TRUST_PROXY'],
    error:
      'it says that no proxy is in front, but PUBLIC_URL begins with https, which only a proxy can serve: give their number, such as 1',
    // Told beside whatever else is wrong.
    when: ({ value }) => read.safeParse(value).success,
  });
}

function pick<const N extends readonly (readonly Name[])[]>(...groups: N) {
  const names: Name[] = groups.flat();
  const shape = Object.fromEntries(names.map((name) => [name, settings[name]]));
  return z.object(shape as Pick<typeof settings, N[number][number]>);
}
