import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { EmailKind, EmailProps } from '../../emails/catalogue.ts';
import { renderEmail } from '../../emails/render.ts';
import { aSample } from '../emails/a-sample.ts';
import { aVisit, openBrowser, PHONE } from './a-visit.ts';

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

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe.each(EMAILS)('the email %s', (name, kind, change) => {
  test.each(['light', 'dark'] as const)('is accessible and scrolls nothing sideways, %s', async (scheme) => {
    const visit = await aVisit(browser, 'about:blank');
    await visit.page.emulateMedia({ colorScheme: scheme });
    const { html } = await renderEmail(kind, { ...aSample(kind), ...change });
    for (const size of SIZES) {
      await visit.page.setViewportSize(size);
      await visit.page.setContent(html);
      await visit.look(`mail-${name}-${scheme}-${size.width}`);
    }
    expect(await visit.page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await visit.close();
  });
});
