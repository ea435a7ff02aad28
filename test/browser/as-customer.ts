import { loginTokenOf } from '../journeys/as-customer.ts';
import { PHONE, type Visit } from './a-visit.ts';
import { aWindow, site } from './use-pages.ts';

/** A window on a phone, logged in at the site as whoever has this purchase. */
export async function aVisitOfCustomer(purchaseId: string): Promise<Visit> {
  const token = await loginTokenOf(site, purchaseId);
  const customer = await aWindow({ viewport: PHONE });
  const { slug } = (await site.owner.get('/v1/settings')).body;
  await customer.page.goto(`/s/${slug}/login?token=${token}`);
  await customer.page.getByRole('button', { name: 'Log in' }).click();
  await customer.page.waitForURL('**/library*');
  return customer;
}
