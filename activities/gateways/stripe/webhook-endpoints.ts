import type Stripe from 'stripe';
import { orThrow } from './failures.ts';
import type { Endpoint } from './gateway.ts';

type Types = Stripe.WebhookEndpointCreateParams.EnabledEvent[];
type Version = Stripe.WebhookEndpointCreateParams.ApiVersion;

const PAGE = 100;

/** Every webhook endpoint of an account; without options the platform's own. */
export async function listEndpoints(stripe: Stripe, options: Stripe.RequestOptions = {}): Promise<Endpoint[]> {
  const endpoints: Endpoint[] = [];
  const readAll = async () => {
    for await (const endpoint of stripe.webhookEndpoints.list({ limit: PAGE }, options))
      endpoints.push(toEndpoint(endpoint));
  };
  await orThrow(readAll());
  return endpoints;
}

/** `secret`: only this answer of Stripe's contains it. */
export async function createEndpoint(
  stripe: Stripe,
  { url, types, apiVersion }: { url: string; types: readonly string[]; apiVersion: string },
  options: Stripe.RequestOptions = {},
): Promise<{ endpoint: Endpoint; secret: string }> {
  const params = { url, enabled_events: [...types] as Types, api_version: apiVersion as Version };
  const created = await orThrow(stripe.webhookEndpoints.create({ ...params, description: 'Perennial' }, options));
  return { endpoint: toEndpoint(created), secret: created.secret ?? '' };
}

/** Enabled, and of exactly these types; its API version stays what it was made with. */
export async function updateEndpoint(stripe: Stripe, id: string, types: readonly string[]): Promise<Endpoint> {
  const params = { enabled_events: [...types] as Types, disabled: false };
  return toEndpoint(await orThrow(stripe.webhookEndpoints.update(id, params)));
}

const toEndpoint = ({ id, url, enabled_events, api_version, status }: Stripe.WebhookEndpoint): Endpoint => ({
  id,
  url,
  types: enabled_events,
  apiVersion: api_version,
  isEnabled: status === 'enabled',
});
