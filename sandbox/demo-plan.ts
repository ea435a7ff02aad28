/** Who buys, and in whose name it is asked. */
type Buyer = { accountId: string; adminEmail: string; operatorKey: string; platformAccountId: string };
export type Places = { api: string; stripe: string };
type Answer<Body> = { status: number; body: Body };

/**
 * The demo account buys the platform's second plan, as its owner would: by the sandbox's card, once
 * [R18]. Where it has a plan already, or had one, nothing is bought.
 */
export async function buyDemoPlan(demo: Buyer, { api, stripe }: Places): Promise<void> {
  const ask = askAt(api, demo);
  const query = `forAccountId=${demo.accountId}&limit=1`;
  const { body: bought } = await ask<{ data: unknown[] }>('GET', `/v1/purchases?${query}`);
  const { body: offers } = await ask<{ data: { id: string; name: string }[] }>('GET', '/v1/offers');
  const growth = offers.data.find(({ name }) => name === 'Growth, monthly');
  if (bought.data.length > 0 || !growth) return;
  const asked = { offerId: growth.id, email: demo.adminEmail, forAccountId: demo.accountId };
  const { status, body } = await ask<{ url: string }>('POST', '/v1/checkouts', asked);
  const [sessionId] = /cs_\w+/.exec(body.url ?? '') ?? [];
  if (status !== 201 || sessionId === undefined) throw new Error(`no checkout of the demo's plan: ${status}`);
  const paid = await fetch(`${stripe}/_sandbox/checkout/${sessionId}/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ card: '4242424242424242' }),
  });
  if (!paid.ok) throw new Error(`the demo's plan was not paid: ${paid.status}`);
}

const askAt =
  (api: string, { operatorKey, platformAccountId }: Buyer) =>
  async <Body>(method: string, path: string, body?: object): Promise<Answer<Body>> => {
    const response = await fetch(api + path, {
      method,
      headers: {
        authorization: `Bearer ${operatorKey}`,
        'perennial-account': platformAccountId,
        'content-type': 'application/json',
      },
      body: body ? JSON.stringify(body) : null,
    });
    return { status: response.status, body: (await response.json()) as Body };
  };
