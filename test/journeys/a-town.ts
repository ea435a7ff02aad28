import { RESEND_SECRET } from '../api/an-api.ts';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createSuppressions } from '../../activities/gateways/resend-suppressions.ts';
import { createStripeGateway } from '../../activities/gateways/stripe.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { createMetrics } from '../../api/health.ts';
import { createApi } from '../../api/server.ts';
import { batchWakes } from '../../api/webhooks/wake-soon.ts';
import { listenForAnswers } from '../../db/inbox/answers.ts';
import { notingDeliveries } from '../../db/inbox/event-types.ts';
import { endRevoked, listenersOf, reachOf } from '../../db/money/connections.ts';
import { openOrm } from '../../db/orm.ts';
import { createEventStore } from '../../db/inbox/store-events.ts';
import { keepSweeping } from '../../worker/sweep.ts';
import { registerWebhooks } from '../../sandbox/webhook-endpoint.ts';
import { createClient, type Client } from '../api/a-client.ts';
import { aStack, type Stack, type StackOptions } from '../ground/stack.ts';

/** One API of a town; another one may be started beside it. */
export type TownApi = {
  url: string;
  client: (key: string | null, headers?: Record<string, string>) => Client;
  close(): Promise<void>;
};

/**
 * A whole stack with its API, to which the sandbox sends its signed webhooks; journeys of one file
 * share it, each in accounts of its own. `secrets`: what its webhook endpoints are signed with.
 */
export type Town = Stack & {
  apiUrl: string;
  secrets: Map<string, string>;
  client: TownApi['client'];
  startApi(): Promise<TownApi>;
};

export async function aTown(options: StackOptions = {}): Promise<Town> {
  const stack = await aStack(options);
  const { environment, deps, sandbox } = stack;
  const secrets = new Map<string, string>();
  const startApi = () => serveApi(stack, secrets);
  const api = await startApi();
  const platform = { base: sandbox.url, apiKey: environment.STRIPE_API_KEY ?? '' };
  secrets.set('platform', await registerWebhooks(platform, `${api.url}/webhooks/stripe/platform`, undefined));
  const sweeping = keepSweeping(deps, 250);
  return {
    ...stack,
    apiUrl: api.url,
    secrets,
    client: api.client,
    startApi,
    async close() {
      await sweeping.stop();
      await api.close();
      await stack.close();
    },
  };
}

/** Where the Temporal UI would show a workflow. */
const temporalPage = (workflowId: string): string =>
  `http://temporal.test/namespaces/town/workflows/${encodeURIComponent(workflowId)}`;

/** As api/main.ts does it, with connections of its own. */
async function serveApi({ environment, deps, sandbox }: Stack, secrets: Map<string, string>): Promise<TownApi> {
  const databaseUrl = environment.DATABASE_URL ?? '';
  const orm = await openOrm({ url: databaseUrl });
  const answers = listenForAnswers(databaseUrl);
  const apiKey = environment.STRIPE_API_KEY ?? '';
  const secretKey = [environment.SECRET_KEY ?? ''] as const;
  const apiDeps: ApiDeps = {
    orm,
    answers,
    wakes: deps.wakes,
    secretKey,
    trustProxy: 0,
    stripe: createStripeGateway({
      apiKey,
      apiBase: sandbox.url,
      timeoutMs: 5_000,
      reachOf: (stripeAccount) => reachOf(orm.em.fork(), stripeAccount, secretKey),
    }),
    suppressions: createSuppressions({
      apiKey: environment.RESEND_API_KEY ?? '',
      baseUrl: environment.RESEND_BASE_URL,
      timeoutMs: 5_000,
    }),
    publicUrl: environment.PUBLIC_URL ?? '',
    connectClientId: 'ca_of_tests',
    outsideReach: 'loopback',
    waitMs: 10_000,
    clockWaitMs: 50_000,
    receiveMs: 30_000,
    workflowPage: temporalPage,
    stripePage: () => null,
    webhooks: {
      stripe: {
        store: notingDeliveries(createEventStore(orm), orm),
        wakeSoon: batchWakes(deps.orm, deps.wakes),
        secrets,
        listeners: (accountId) => listenersOf(orm.em.fork(), accountId, secretKey),
        onRevoked: (stripeAccount, at) => endRevoked(orm.em.fork(), stripeAccount, at),
        isLivemode: false,
      },
      resend: { orm, secret: RESEND_SECRET },
    },
  };
  const server = createApi(apiDeps, createMetrics()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    client: (key, headers = {}) => createClient(url, key, headers),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await answers.close();
      await orm.close();
    },
  };
}
