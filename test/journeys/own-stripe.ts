import type Stripe from 'stripe';
import { HANDLED_EVENTS } from '../../activities/gateways/stripe.ts';
import { PERMISSIONS, permissionInWords, TEST_CLOCKS } from '../../activities/gateways/stripe/permissions.ts';
import { clientFor, control } from '../sandbox/stripe/sandbox.ts';
import type { Site } from './a-site.ts';
import { town } from './use-town.ts';

/** What docs say that a key must be allowed, where its endpoint is made by hand. */
export const ENOUGH = [...PERMISSIONS, TEST_CLOCKS].map(permissionInWords);

export type OwnStripe = { account: string; key: string; all: Stripe; webhookSecret: string };

type KeyWish = { account?: string; permissions?: string[] | null };
type MadeKey = { account: string; key: string };

export const aRestrictedKey = (wish: KeyWish = {}) =>
  control(town.sandbox, 'POST', '/restricted-keys', wish) as unknown as Promise<MadeKey>;

/** Somebody's own Stripe account, with a key for us and an endpoint that leads to the site. */
export async function anOwnStripe(site: Site): Promise<OwnStripe> {
  const { account, key } = await aRestrictedKey({ permissions: ENOUGH });
  const all = clientFor(town.sandbox.url, (await aRestrictedKey({ account })).key);
  const url = `${town.apiUrl}/webhooks/stripe/${site.accountId}`;
  const { secret = '' } = await all.webhookEndpoints.create({ url, enabled_events: [...HANDLED_EVENTS] });
  return { account, key, all, webhookSecret: secret };
}

/** From now on the site sells on it. */
export async function connect(site: Site, { key: restrictedKey, webhookSecret }: OwnStripe): Promise<void> {
  await site.must(site.owner.post('/v1/account/stripe/key', { restrictedKey, webhookSecret }));
}

/** Somebody at Stripe's page: lets the platform act for their account, or leaves. */
export async function atStripesPage(url: string, form: Record<string, string>): Promise<URLSearchParams> {
  const body = new URLSearchParams(form);
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '').searchParams;
}
