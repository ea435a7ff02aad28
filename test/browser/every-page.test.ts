import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { pages } from '../../api/pages/index.ts';
import { addressesOf } from './addresses.ts';
import { fillAccount, type Filled } from './a-filled-account.ts';
import { DESK, PHONE, type Visit } from './a-visit.ts';
import { aVisitOfCustomer } from './as-customer.ts';
import { foundByAxe, misnamedFields, pixelsBeside, rawWords } from './checks.ts';
import { aWindow, site, usePages } from './use-pages.ts';

/** Every page that there is, from the list of which the router is made. */
const SHOWN = pages.filter(({ show }) => show !== undefined);
/** An email, or a file to be kept, without anything around it. */
const BARE = [
  '/emails/{emailId}/html',
  '/email-templates/{kind}/html',
  '/contacts/{contactId}/export',
  '/payments/{paymentId}/receipt.pdf',
  '/refunds/{refundId}/credit-note.pdf',
  '/s/{site}/billing/payments/{paymentId}/receipt.pdf',
  '/s/{site}/billing/refunds/{refundId}/credit-note.pdf',
  '/s/{site}/receipt/{receiptToken}',
  '/audit-log/csv',
  '/accounts/audit-log/csv',
];
/** Where nobody is at one of the places of the navigation. */
const NOWHERE = [
  '/search',
  '/security',
  '/accounts',
  '/outreach',
  '/removals',
  '/removals/{requestId}',
  '/system',
  '/accounts/audit-log',
  '/accounts/audit-log/{entryId}',
  '/accounts/{accountId}',
  '/accounts/{accountId}/close',
  '/accounts/{accountId}/impersonate',
  '/accounts/{accountId}/plan',
  '/accounts/{accountId}/reopen',
  '/accounts/{accountId}/suspend',
  '/s/{site}/language',
  '/s/{site}/passkeys',
  '/s/{site}/password',
  '/s/{site}/sessions',
];
/** Says that it did not work, as an address of Stripe without its session must. */
const REFUSED = [
  '/confirm',
  '/reset-password',
  '/s/{site}/billing/card-updated',
  '/s/{site}/confirm-subscription',
  '/s/{site}/preview/{token}',
  '/s/{site}/set-password',
  '/settings/stripe/callback',
];
/** Where nothing is shown: what only a form is sent to, and addresses that lead to others. */
const LEAD_ON = [
  '/login',
  '/purchases/{purchaseId}/attentions/{attentionId}/abandon',
  '/purchases/{purchaseId}/attentions/{attentionId}/retry',
  '/s/{site}',
  '/s/{site}/billing/{purchaseId}/resume',
  '/s/{site}/billing/{purchaseId}/undo-change-offer',
  '/settings/access/book',
  '/settings/access/cancel-call',
  '/settings/access/cancel-seat',
  '/settings/access/seat',
  '/settings/plan/change',
  '/unsubscribe/{unsubscribeToken}',
];

const PICTURES = join('test-output', 'screenshots');

usePages({ as: null, timeZone: 'Europe/Vienna' });

let filled: Filled;
let windows: Record<Who, Visit>;
beforeAll(async () => {
  filled = await fillAccount(site);
  windows = await openWindows();
  await mkdir(PICTURES, { recursive: true });
}, 120_000);

type Who = 'owner' | 'operator' | 'customer' | 'guest';
type Stop = { pattern: string; address: string; picture: string };
type Found = Pick<Stop, 'pattern' | 'address'> & { leadsOn: boolean; findings: string[] };

const whoSees = ({ audience, roles }: (typeof pages)[number]): Who => {
  if (audience === 'public') return 'guest';
  if (audience === 'customer') return 'customer';
  return roles === undefined || roles.includes('owner') ? 'owner' : 'operator';
};

/** `page-purchases-purchaseId-3` */
const pictureOf = (pattern: string, index: number): string =>
  `page${pattern.replaceAll(/[{}]/g, '').replaceAll('/', '-')}${index === 0 ? '' : `-${index + 1}`}`;

async function openWindows(): Promise<Record<Who, Visit>> {
  const [owner, operator, guest] = [await aWindow({ as: 'owner' }), await aWindow({ as: 'operator' }), await aWindow()];
  await operator.page.goto('/accounts');
  await operator.page.getByRole('button', { name: 'Open Willow' }).first().click();
  return { owner, operator, customer: await aVisitOfCustomer(filled.live.purchaseId), guest };
}

/** Light at a desk and dark on a phone; what is seen is kept as a picture. */
async function visit(page: Page, { pattern, address, picture }: Stop): Promise<Found> {
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: 'light' });
  const answer = await page.goto(address);
  const leadsOn = new URL(page.url()).pathname !== address.split('?')[0];
  if (leadsOn) return { pattern, address, leadsOn, findings: [] };
  const findings = [
    ...(answer?.ok() || REFUSED.includes(pattern) ? [] : [`answers ${answer?.status()}`]),
    ...(await wordsAround(page, pattern)),
    ...(await rawWords(page)).map((word) => `raw: ${word}`),
    ...(await misnamedFields(page)),
    ...(await foundByAxe(page)).map((found) => `light: ${found}`),
  ];
  await page.screenshot({ path: join(PICTURES, `${picture}-desk.png`), fullPage: true });
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: 'dark' });
  const beside = await pixelsBeside(page);
  if (beside !== 0) findings.push(`${beside} pixels beside a phone`);
  findings.push(...(await foundByAxe(page, 'color')).map((found) => `dark: ${found}`));
  await page.screenshot({ path: join(PICTURES, `${picture}-phone-dark.png`) });
  return { pattern, address, leadsOn, findings };
}

/** Its title, its one heading, and where it says one is. */
async function wordsAround(page: Page, pattern: string): Promise<string[]> {
  const [title, headings, places, isAt] = await Promise.all([
    page.title(),
    page.getByRole('heading', { level: 1 }).count(),
    page.getByRole('navigation', { name: 'Main' }).count(),
    page.getByRole('navigation', { name: 'Main' }).locator('[aria-current=page]').count(),
  ]);
  const isSomewhere = places > 0 && !NOWHERE.includes(pattern);
  return [
    ...(/^.+ · \S.*$/.test(title) ? [] : [`title ${title}`]),
    ...(headings === 1 ? [] : [`${headings} headings of level 1`]),
    ...(isSomewhere && isAt !== 1 ? [`${isAt} current places`] : []),
  ];
}

const SEEN = SHOWN.filter(({ path }) => !BARE.includes(path));

test.each(SEEN)(
  '$path is accessible light and dark, fits a phone, says where one is, and holds no raw words',
  async (page) => {
    const tab = await windows[whoSees(page)].context.newPage();
    const found: Found[] = [];

    for (const [index, address] of addressesOf(page.path, filled).entries())
      found.push(await visit(tab, { pattern: page.path, address, picture: pictureOf(page.path, index) }));
    await tab.close();

    expect(found.filter(({ findings }) => findings.length > 0)).toEqual([]);
    expect(found.some(({ leadsOn }) => leadsOn)).toBe(LEAD_ON.includes(page.path));
  },
  60_000,
);

test('every page that leads on is one that there is', () => {
  expect(SEEN.map(({ path }) => path)).toEqual(expect.arrayContaining(LEAD_ON));
});
