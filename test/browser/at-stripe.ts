import type { Page } from 'playwright-core';
import type { Town } from '../journeys/a-town.ts';
import type { Visit } from './a-visit.ts';

/**
 * A town's API listens on a port of its own, while links lead to its PUBLIC_URL: here the one is
 * the other.
 */
export async function backToUs({ context }: Visit, { apiUrl, environment, sandbox }: Town): Promise<void> {
  const publicUrl = environment.PUBLIC_URL ?? '';
  await context.route(`${publicUrl}/**`, (route) =>
    route.fulfill({ status: 302, headers: { location: route.request().url().replace(publicUrl, apiUrl) } }),
  );
  // What a redirect leads to is not routed: so the redirect itself is.
  await context.route(`${sandbox.url}/c/pay/**`, async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    const headers = response.headers();
    if (headers.location) headers.location = headers.location.replace(publicUrl, apiUrl);
    await route.fulfill({ response, headers });
  });
}

const VISA = '4242 4242 4242 4242';

/** Fills in Stripe's page as a person does. */
export async function payAtStripe(page: Page, card = VISA): Promise<void> {
  await page.getByLabel('Card number').fill(card);
  await page.getByLabel('Expiry (MM / YY)').fill('12 / 34');
  await page.getByLabel('CVC').fill('123');
  await page.getByLabel('Name on card').fill('Ada Lovelace');
  await page.locator('button[type=submit]').click();
}
