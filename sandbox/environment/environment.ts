import type { Config, Environment } from '../../config.ts';
import type { Secrets } from './secrets.ts';
import { appPostgresUrl, postgresUrl } from '../postgres.ts';

export type StarterConfig = Config<'starter'>;

/**
 * Addresses of a stack that `npm start` brings up, as its own processes reach them; undefined where
 * a real service is used.
 */
export function addressesOf(config: StarterConfig) {
  const local = (port: number) => `http://127.0.0.1:${port}`;
  return {
    api: config.PUBLIC_URL ?? local(config.PORT),
    localApi: local(config.PORT),
    worker: local(config.WORKER_PORT),
    metrics: `${local(config.METRICS_PORT)}/metrics`,
    workerMetrics: `${local(config.WORKER_METRICS_PORT)}/metrics`,
    temporal: config.TEMPORAL_ADDRESS ?? `127.0.0.1:${config.TEMPORAL_PORT}`,
    temporalUi: config.TEMPORAL_ADDRESS ? undefined : local(config.TEMPORAL_UI_PORT),
    stripe: config.STRIPE_API_KEY ? undefined : local(config.STRIPE_PORT),
    mailbox: config.RESEND_API_KEY ? undefined : local(config.MAILBOX_PORT),
  };
}

/**
 * Environment of every child: what was given, and for what was not the stand-in's address or the
 * secret kept in the data folder. The same names as in production, so that the processes do not
 * know what they run against.
 */
export function environmentOf(config: StarterConfig, secrets: Secrets): Environment {
  const at = addressesOf(config);
  return {
    NODE_ENV: 'production',
    ...process.env,
    TZ: 'UTC',
    ...inWords(config),
    DATABASE_URL:
      config.DATABASE_URL ?? appPostgresUrl({ port: config.POSTGRES_PORT, password: secrets.postgresAppPassword }),
    MIGRATE_DATABASE_URL: undefined,
    TEMPORAL_ADDRESS: at.temporal,
    TEMPORAL_UI_URL: config.TEMPORAL_UI_URL ?? at.temporalUi,
    STRIPE_API_KEY: config.STRIPE_API_KEY ?? secrets.stripeApiKey,
    STRIPE_API_BASE: config.STRIPE_API_BASE ?? at.stripe,
    STRIPE_WEBHOOK_SECRET: config.STRIPE_WEBHOOK_SECRET ?? secrets.stripeWebhookSecret,
    STRIPE_CONNECT_CLIENT_ID: config.STRIPE_CONNECT_CLIENT_ID ?? (at.stripe && 'ca_sandbox'),
    RESEND_API_KEY: config.RESEND_API_KEY ?? secrets.resendApiKey,
    RESEND_BASE_URL: config.RESEND_BASE_URL ?? at.mailbox,
    RESEND_WEBHOOK_SECRET: config.RESEND_WEBHOOK_SECRET ?? (at.mailbox && secrets.resendWebhookSecret),
    // The mailbox has no limit of its own.
    RESEND_RATE_PER_SECOND: at.mailbox ? '500' : process.env.RESEND_RATE_PER_SECOND,
    MAIL_FROM: config.MAIL_FROM ?? 'Perennial Demo <hello@demo.perennial.example>',
    PUBLIC_URL: at.api,
    OUTSIDE_NETWORKS: 'loopback',
    OTEL_EXPORTER_OTLP_ENDPOINT: process.env.OTEL_EXPORTER_OTLP_ENDPOINT,
    OTEL_EXPORTER_OTLP_HEADERS: process.env.OTEL_EXPORTER_OTLP_HEADERS,
    OTEL_TRACES_SAMPLER_ARG: process.env.OTEL_TRACES_SAMPLER_ARG,
    SECRET_KEY: config.SECRET_KEY ?? secrets.secretKey,
    DEMO_API_KEY: config.DEMO_API_KEY ?? secrets.demoApiKey,
    DEMO_OPERATOR_KEY: config.DEMO_OPERATOR_KEY ?? secrets.demoOperatorKey,
    DEMO_ADMIN_PASSWORD: config.DEMO_ADMIN_PASSWORD ?? secrets.demoAdminPassword,
  };
}

/**
 * What the migrations have beside it: the role that owns the tables, which no other process is
 * told.
 */
export function migrationEnvironmentOf(config: StarterConfig, secrets: Secrets): Environment {
  const own = postgresUrl({ port: config.POSTGRES_PORT, password: secrets.postgresPassword });
  const MIGRATE_DATABASE_URL = config.MIGRATE_DATABASE_URL ?? (config.DATABASE_URL ? undefined : own);
  return { ...environmentOf(config, secrets), MIGRATE_DATABASE_URL };
}

function inWords(config: StarterConfig): Environment {
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
