import { customerAccountRoutes } from '../../../people/customer-account.ts';
import { ownPath } from '../../own-path.ts';
import { inSite, OF_SITE, redirect, siteOf, type Page } from '../../page.ts';

/** Keeps in which zone a customer reads times, and goes on where they were. */
export const timeZonePage: Page = {
  path: `${OF_SITE}/calls/time-zone`,
  audience: 'customer',
  async submit(call, { typed, key }) {
    const timeZone = typed.timeZone?.at(-1) ?? null;
    await call.api.ask(customerAccountRoutes.update, { body: { timeZone }, key });
    const [next, place] = (typed.next?.at(-1) ?? '').split('#');
    const to = ownPath(next, inSite(siteOf(call), '/calls'));
    return redirect(place === 'book' ? `${to}#book` : to);
  },
};
