import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Role } from '../../workflows/domain/verb.ts';
import { aSite, type Site } from '../journeys/a-site.ts';
import { town, useTown } from '../journeys/use-town.ts';
import { aVisit, DESK, openBrowser, type Visit, type VisitWish } from './a-visit.ts';

export { town };
/** A site in the town, and a window on its pages; `usePages` sets them. */
export let site: Site;
export let visit: Visit;
export let page: Page;

let browser: Browser;
const visits: Visit[] = [];

/** As whom a window is signed in, if at all, and at another site. */
type Wish = VisitWish & { as?: Role | null; at?: Site };

type PagesWish = { as?: Role | null; viewport?: typeof DESK; timeZone?: string };

/** Opens a town, a site and a window for the tests of the file that calls this. */
export function usePages({ as = 'owner', viewport = DESK, timeZone = 'UTC' }: PagesWish = {}): void {
  // Before the town closes, which pages would notice.
  afterAll(async () => {
    for (const each of visits) await each.close();
    await browser.close();
  });
  useTown();
  beforeAll(async () => {
    browser = await openBrowser();
    site = await aSite(town, { timeZone });
    visit = await aWindow({ as, viewport });
    page = visit.page;
  });
}

/** Another window, closed with the tests. */
export async function aWindow({ as = null, at = site, ...wish }: Wish = {}): Promise<Visit> {
  const opened = await aVisit(browser, town.apiUrl, wish);
  visits.push(opened);
  if (as !== null) await opened.signIn(at, as);
  return opened;
}
