import {
  API_VERSION,
  HANDLED_EVENTS,
  PLATFORM,
  type Endpoint,
  type StripeGateway,
} from '../activities/gateways/stripe.ts';

type EndpointDeps = {
  gateway: Pick<StripeGateway, 'ownAccount' | 'listEndpoints' | 'createEndpoint' | 'updateEndpoint'>;
  publicUrl: string;
};

/**
 * `differs`: what is wrong, in words; `secret` is told once, when the endpoint is made: it is
 * STRIPE_WEBHOOK_SECRET.
 */
export type EndpointReport = {
  account: string;
  url: string;
  id: string | null;
  state: 'created' | 'updated' | 'right' | 'differs' | 'missing';
  differs: string[];
  secret?: string;
};

/**
 * Makes the webhook endpoint at Stripe, or makes the one that is there right; `isCheck`: only says
 * what would have to be done.
 */
export async function stripeEndpoint(
  { gateway, publicUrl }: EndpointDeps,
  { isCheck }: { isCheck: boolean },
): Promise<EndpointReport> {
  const url = `${publicUrl.replace(/\/$/, '')}/webhooks/stripe/${PLATFORM}`;
  const about = { account: await gateway.ownAccount(), url };
  const [found, ...others] = (await gateway.listEndpoints()).filter((endpoint) => endpoint.url === url);
  if (!found) {
    if (isCheck) return { ...about, id: null, state: 'missing', differs: ['There is no endpoint of this address.'] };
    const { endpoint, secret } = await gateway.createEndpoint(url, HANDLED_EVENTS, API_VERSION);
    return { ...about, id: endpoint.id, state: 'created', differs: [], secret };
  }
  const mended =
    isCheck || changeable(found).length === 0 ? found : await gateway.updateEndpoint(found.id, HANDLED_EVENTS);
  const differs = [...changeable(mended), ...fixed(mended), ...others.map(({ id }) => twin(id))];
  const state = differs.length > 0 ? 'differs' : mended === found ? 'right' : 'updated';
  return { ...about, id: mended.id, state, differs };
}

function changeable({ types, isEnabled }: Endpoint): string[] {
  const hears = (type: string) => types.includes('*') || types.includes(type);
  const missing = HANDLED_EVENTS.filter((type) => !hears(type));
  const needless = types.filter((type) => !(HANDLED_EVENTS as readonly string[]).includes(type));
  return [
    ...(isEnabled ? [] : ['It is disabled.']),
    ...(missing.length > 0 ? [`It does not send ${missing.join(', ')}.`] : []),
    ...(needless.length > 0 ? [`It sends what nobody here acts on: ${needless.join(', ')}.`] : []),
  ];
}

/** Stripe lets nobody change it. */
function fixed({ apiVersion }: Endpoint): string[] {
  if (apiVersion === API_VERSION) return [];
  const is = apiVersion ?? "the account's default";
  return [`Its API version is ${is} and has to be ${API_VERSION}: delete it at Stripe and run this again.`];
}

const twin = (id: string): string =>
  `${id} has the same address, and another secret: what it sends is refused. Delete one of them at Stripe.`;
