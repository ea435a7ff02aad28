import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { EmailKind, EmailProps } from '../../emails/catalogue.ts';
import { renderEmail } from '../../emails/render.ts';
import { aSample } from '../emails/a-sample.ts';
import { foundByAxe, pixelsBeside } from './checks.ts';
import { aVisit, openBrowser, PHONE, type Visit } from './a-visit.ts';

/** A mail program's column, and a phone. */
const SIZES = [{ width: 632, height: 900 }, PHONE];

const PAID = { card: 'Visa ending in 4242', instalment: null, isLast: false, isUnpaid: false, trialEndsAt: null };
const LONG = { offerName: 'Studio'.repeat(30), contactName: 'W'.repeat(80) };

const bought = { begun: 'purchase', welcome: 'purchase', thanks: 'purchase', trialDays: null } as const;

type Shown = { [K in EmailKind]: [name: string, kind: K, change: Partial<EmailProps<K>>] }[EmailKind];
const EMAILS: Shown[] = [
  ['confirmation', 'purchase-confirmation', { ...bought, ...PAID }],
  ['receipt', 'payment-receipt', PAID],
  [
    'receipt-long',
    'payment-receipt',
    { ...PAID, ...LONG, lines: [{ what: LONG.offerName, amount: aSample('payment-receipt').amount }] },
  ],
  ['canceled', 'purchase-canceled', { isUnpaid: false, declineMessage: null, accessEndsOn: null, access: 'ended' }],
  ['welcome', 'member-welcome', {}],
];

/** Landmarks are those of the mail program. */
const isOurs = (found: string): boolean => !/^(landmark-one-main|region):/.test(found);

const PICTURES = join('test-output', 'screenshots');

let browser: Browser;
let visit: Visit;
beforeAll(async () => {
  await mkdir(PICTURES, { recursive: true });
  browser = await openBrowser();
  visit = await aVisit(browser, 'about:blank');
});
afterAll(async () => {
  await visit.close();
  await browser.close();
});

test.each(EMAILS)(
  'the email %s is accessible and scrolls nothing sideways, light and dark',
  async (name, kind, change) => {
    const { page } = visit;
    const { html } = await renderEmail(kind, { ...aSample(kind), ...change });
    await page.setContent(html);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await page.screenshot({
          path: join(PICTURES, `mail-${name}-${colorScheme}-${size.width}.png`),
          fullPage: true,
        });
      }
      expect([(await foundByAxe(page)).filter(isOurs), await pixelsBeside(page)]).toEqual([[], 0]);
    }
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  },
);
