type Endpoint = { id: string; url: string; secret?: string };

type Stripe = { base: string; apiKey: string };

/**
 * Sees to it that Stripe sends every event to `url`.
 * @returns the signing secret: the known one while the endpoint is there, else that of a new
 * endpoint
 */
export async function registerWebhooks(stripe: Stripe, url: string, known: string | undefined): Promise<string> {
  const { data } = await ask<{ data: Endpoint[] }>(stripe, 'GET', '/v1/webhook_endpoints?limit=100');
  if (known && data.some((endpoint) => endpoint.url === url)) return known;
  const path = new URL(url).pathname;
  // After a change of port, or when its secret was lost, the old endpoint would only gather failed
  // deliveries.
  for (const old of data.filter((endpoint) => new URL(endpoint.url).pathname === path)) {
    await ask(stripe, 'DELETE', `/v1/webhook_endpoints/${old.id}`);
  }
  const form = new URLSearchParams({ url, 'enabled_events[0]': '*' });
  const created = await ask<Endpoint>(stripe, 'POST', '/v1/webhook_endpoints', form);
  if (!created.secret) throw new Error('Stripe gave no signing secret for the new webhook endpoint');
  return created.secret;
}

async function ask<T>(stripe: Stripe, method: string, path: string, body?: URLSearchParams): Promise<T> {
  const answer = await fetch(new URL(path, stripe.base), {
    method,
    headers: { authorization: `Bearer ${stripe.apiKey}` },
    ...(body && { body }),
  });
  if (!answer.ok) throw new Error(`Stripe answered ${method} ${path} with ${answer.status}`);
  return (await answer.json()) as T;
}

const ENDINGS = ['email.delivered', 'email.bounced', 'email.complained', 'email.suppressed'];

/** Has the mailbox report to `url` what became of each email, as Resend does. */
export async function reportDeliveries(mailbox: string, url: string, secret: string): Promise<void> {
  const answer = await fetch(new URL('/_mailbox/webhook', mailbox), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, secret, events: ENDINGS }),
  });
  if (!answer.ok) throw new Error(`the mailbox answered ${answer.status} to its webhook's address`);
}
