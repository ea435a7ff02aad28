import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import type { Offer } from '../journeys/a-site.ts';
import { DESK, type Visit } from './a-visit.ts';
import { aVisitOfCustomer } from './as-customer.ts';
import { site, town, usePages } from './use-pages.ts';

const EMAIL = 'ada-who-has-everything@example.com';
const plain = { refundWindowDays: 0 };
const ONCE = { kind: 'one_time', amountMinor: 9_900, currency: 'usd' };
const PLAN = { kind: 'payment_plan', amountMinor: 4_900, currency: 'usd', instalments: 3 };

let customer: Visit;

usePages({ as: null });
beforeAll(async () => {
  const buy = async (offer: Offer, promotionCode?: string): Promise<string> =>
    site.buy(offer, promotionCode === undefined ? { email: EMAIL } : { email: EMAIL, promotionCode });
  const spring = { code: 'SPRING', percentOff: 50, duration: { months: 3 } };
  await site.must(site.owner.post('/v1/promotion-codes', spring), 201);
  await buy(await site.offer({ ...plain, name: 'Masterclass', price: PLAN }));
  await buy(await site.offer({ ...plain, name: 'Sketchbook', price: ONCE, accessDays: 30 }));
  await take(await site.offer({ ...plain, name: 'First steps', price: { kind: 'free' } }));
  await buy(await site.offer({ ...plain, name: 'Life drawing' }), 'SPRING');
  const silver = await buy(await site.offer({ ...plain, name: 'Silver', group: 'plans' }));
  const gold = await site.offer({ ...plain, name: 'Gold', group: 'plans', amountMinor: 4_900 });
  await site.ask(silver, 'change-offer', { offerId: gold.id, when: 'period_end' });
  customer = await aVisitOfCustomer(silver);
});

/** What is free is taken by a mailed link [R27.7]. */
async function take(offer: Offer): Promise<void> {
  const guest = town.client(null);
  await site.must(guest.post(`/v1/public/offers/${offer.id}/checkout`, { email: EMAIL, name: null }), 202);
  const token = await eventually(async () => {
    const texts = (await town.mailbox.emails(EMAIL)).map(({ text }) => /take\?token=([\w-]+)/.exec(text ?? '')?.[1]);
    return texts.find(Boolean);
  });
  await site.must(guest.post(`/v1/public/offers/${offer.id}/take`, { token }));
  await site.quiet();
}

/** Lines of a purchase, as they are read. */
async function linesOf(name: string): Promise<string[]> {
  const article = customer.page.locator('article').filter({ has: customer.page.getByRole('heading', { name }) });
  return (await article.innerText()).split('\n').filter((line) => line.trim() !== '');
}

test('the billing page says of each kind of purchase what it costs, what comes, and what can be done', async () => {
  await customer.page.getByRole('link', { name: 'Billing' }).click();
  await customer.page.waitForURL('**/billing');

  expect(await linesOf('Masterclass')).toEqual([
    'Masterclass',
    'Active',
    'Next payment',
    '$49.00',
    'Feb 28',
    'Price',
    '3 monthly payments of $49.00',
    'Payments',
    '1 of 3 paid, $98.00 to go',
    'Card',
    'Visa ending in 4242',
    'Since',
    'Jan 31',
    'Update your card',
    'of Masterclass',
    'To cancel, write to help@willow.example.',
  ]);
  expect(await linesOf('Sketchbook')).toEqual([
    'Sketchbook',
    'Paid',
    'Paid',
    '$99.00',
    'nothing more is due',
    'Price',
    '$99.00 once',
    'Card',
    'Visa ending in 4242',
    'Since',
    'Jan 31',
    'Access until',
    'Mar 2',
  ]);
  expect(await linesOf('First steps')).toEqual(['First steps', 'Nothing to pay', 'Since', 'Jan 31']);
  expect(await linesOf('Life drawing')).toEqual([
    'Life drawing',
    'Active',
    'Next payment',
    '$14.50',
    'Feb 28',
    'Price',
    '$29.00 a month',
    'Discount',
    '50% off until Apr 30',
    'Card',
    'Visa ending in 4242',
    'Since',
    'Jan 31',
    'Update your card',
    'of Life drawing',
    'Cancel the subscription',
    'of Life drawing',
  ]);
  expect(await linesOf('Silver')).toEqual([
    'Silver',
    'Active',
    'Next payment',
    '$49.00',
    'Feb 28',
    'It changes to Gold, $49.00 a month, on Feb 28. To keep Silver, or to cancel, write to help@willow.example.',
    'Price',
    '$29.00 a month',
    'Card',
    'Visa ending in 4242',
    'Since',
    'Jan 31',
    'Update your card',
    'of Silver',
  ]);
});

test('its payments are listed with their period, what was paid once without one', async () => {
  await customer.page.setViewportSize(DESK);

  expect(await customer.page.locator('tbody tr').allInnerTexts()).toEqual([
    'Masterclass\tJan 31 to Feb 28\tJan 31 · Receipt\t$49.00',
    'Sketchbook\t\tJan 31 · Receipt\t$99.00',
    'Life drawing\tJan 31 to Feb 28\tJan 31 · Receipt\t$14.50',
    'Silver\tJan 31 to Feb 28\tJan 31 · Receipt\t$29.00',
  ]);
});

test('the receipt of a payment is a PDF, the same by its link in the email without a login', async () => {
  const [download] = await Promise.all([
    customer.page.waitForEvent('download'),
    customer.page.getByRole('link', { name: 'Receipt', exact: true }).last().click(),
  ]);
  const mails = (await town.mailbox.emails(EMAIL)).map(({ text }) => text ?? '');
  const links = mails.flatMap((text) => /Receipt as a PDF:?\s+(\S+\/receipt\/\S+)/.exec(text)?.[1] ?? []);

  const pdf = await readFile(await download.path());
  expect(download.suggestedFilename()).toMatch(/^receipt-.+\.pdf$/);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(links).toHaveLength(4);
  const here = (link: string) => new URL(new URL(link).pathname, customer.page.url());
  const read = async (link: string) => Buffer.from(await (await fetch(here(link))).arrayBuffer());
  const mailed = await Promise.all(links.map(read));
  expect(mailed.filter((one) => one.equals(pdf))).toHaveLength(1);
});
