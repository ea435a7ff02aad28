import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { VERB_NAMES, type VerbName } from '../../workflows/domain/verb.ts';
import type { Site } from '../journeys/a-site.ts';
import { site, usePages, visit } from './use-pages.ts';

usePages();

const bought = async (wish: Parameters<Site['offer']>[0] = {}): Promise<string> => site.buy(await site.offer(wish));

/** What stands under a heading of the preview. */
const part = (page: Page, label: string) =>
  page
    .locator('.plan > div')
    .filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) })
    .locator('dd');

const press = (page: Page) => page.locator('#do').click();

/** The button that does it leads back to the purchase, which says that it is done. */
async function doIt(page: Page): Promise<void> {
  await press(page);
  await page.waitForURL(/\?command=/);
  await site.quiet();
}

const said = (page: Page): Promise<string> => page.locator('.notice').first().innerText();

const CREDITS = { perYear: 6, issue: 'period_start', validMonths: 12, callMinutes: 45 };

type Story = {
  verb: VerbName;
  /** What brings the purchase to where the verb is possible. */
  before?: (purchaseId: string) => Promise<unknown>;
  /** What is filled in; the preview follows by itself. */
  fill?: (page: Page) => Promise<unknown>;
  offer?: Parameters<Site['offer']>[0];
  plan: Record<string, RegExp>;
  button: string;
  isDangerous?: boolean;
  done: string;
  then: object;
};

const pause = (purchaseId: string) => site.ask(purchaseId, 'pause', {});
const STORIES: Story[] = [
  {
    verb: 'pay-off',
    offer: { price: { kind: 'payment_plan', amountMinor: 4_900, currency: 'usd', instalments: 6 } },
    plan: {
      Money: /\$245.00 is charged now.*Nothing more is charged/s,
      Billing: /Active.*Completed/s,
      Emails: /To the customer: Payment plan completed/,
    },
    button: 'Charge $245.00',
    done: 'The rest of the payment plan is paid, and the plan is complete.',
    then: { billingStatus: 'completed', accessStatus: 'full', instalments: { paid: 6, total: 6 } },
  },
  {
    verb: 'pause',
    fill: async (page) => {
      await page.getByLabel('on a date').check();
      await page.getByLabel('Date', { exact: true }).fill('2027-04-30T08:00:00');
      await page.getByLabel('is suspended until it is resumed').check();
    },
    plan: {
      Money: /Nothing is charged until Apr 30, 08:00/,
      Billing: /Active.*Paused/s,
      Access: /Full access.*No access.*Course 1: open.*closed \(suspended while paused\)/s,
      Emails: /To the customer: Paused.*To the admins: Notice: paused/s,
      'What is due': /New: Pause ends, Apr 30/,
    },
    button: 'Pause now',
    done: 'The purchase is paused.',
    then: {
      billingStatus: 'paused',
      accessStatus: 'none',
      billing: { pause: { resumeAt: '2027-04-30T08:00:00.000Z' } },
    },
  },
  {
    verb: 'resume',
    before: pause,
    plan: { Money: /next charge is \$29\.00 on Feb 28/, Billing: /Paused.*Active/s },
    button: 'Resume now',
    done: 'The purchase is resumed.',
    then: { billingStatus: 'active', nextChargeAt: '2027-02-28T09:00:00.000Z' },
  },
  {
    verb: 'change-resume-date',
    before: pause,
    fill: async (page) => {
      await page.getByLabel('on a date').check();
      await page.getByLabel('Date', { exact: true }).fill('2027-05-01T00:00:00');
    },
    plan: { Money: /until May 1/, 'What is due': /New: Pause ends, May 1/ },
    button: 'Change resume date now',
    done: 'The resume date has been changed.',
    then: { billing: { pause: { resumeAt: '2027-05-01T00:00:00.000Z' } } },
  },
  {
    verb: 'cancel',
    plan: {
      Money: /Nothing is charged after Feb 28/,
      Billing: /stays Active.*Pending cancellation: none.*Feb 28/s,
      'What is due': /No longer: Renewal is charged.*|New: Billing and access end/s,
    },
    button: 'Cancel on Feb 28',
    isDangerous: true,
    done: 'The cancellation has been made.',
    then: { billingStatus: 'active', cancelAt: '2027-02-28T09:00:00.000Z' },
  },
  {
    verb: 'cancel',
    fill: (page) => page.getByLabel('now', { exact: true }).check(),
    plan: { Billing: /Active.*Canceled/s, Access: /Full access.*No access/s },
    button: 'Cancel now',
    isDangerous: true,
    done: 'The cancellation has been made.',
    then: { billingStatus: 'canceled', accessStatus: 'none' },
  },
  {
    verb: 'undo-cancel',
    before: (purchaseId) => site.ask(purchaseId, 'cancel', { when: 'period_end' }),
    plan: { Billing: /Pending cancellation: Feb 28.*none/s },
    button: 'Undo cancellation now',
    done: 'The cancellation is undone.',
    then: { billingStatus: 'active', cancelAt: null },
  },
  {
    verb: 'revoke',
    offer: { products: 2 },
    fill: (page) => page.getByLabel('Course 2').uncheck(),
    plan: { Access: /Full access.*Partial access.*Course 1: open.*closed \(revoked\)/s, Emails: /No email is sent/ },
    button: 'Revoke access now',
    isDangerous: true,
    done: 'Access is revoked.',
    then: { accessStatus: 'partial', billingStatus: 'active', warnings: ['billing_continues_without_access'] },
  },
  {
    verb: 'restore',
    before: (purchaseId) => site.ask(purchaseId, 'revoke', {}),
    plan: { Money: /No money moves/, Access: /No access.*Full access/s, Emails: /No email is sent/ },
    button: 'Restore access now',
    done: 'Access is restored.',
    then: { accessStatus: 'full' },
  },
  {
    verb: 'refund',
    fill: (page) => page.getByLabel('Amount').fill('10.50'),
    plan: { Money: /\$10\.50 of the payment of Jan 31.* is refunded/, Billing: /stays Active/ },
    button: 'Refund $10.50',
    isDangerous: true,
    done: 'The refund has been made.',
    then: { billingStatus: 'active', payments: [{ refundedMinor: 1_050 }] },
  },
  {
    verb: 'money-back',
    plan: { Money: /\$29\.00 of the payment/, Billing: /Active.*Canceled/s, Access: /Full access.*No access/s },
    button: 'Give back $29.00',
    isDangerous: true,
    done: 'The money has been refunded, and the purchase is canceled.',
    then: { billingStatus: 'canceled', payments: [{ refundedMinor: 2_900 }], refundWindow: { state: 'used' } },
  },
  {
    verb: 'access-start',
    fill: (page) => page.getByLabel('Access starts').fill('2027-02-10T09:00:00'),
    plan: { Access: /Full access.*No access.*closed \(not started yet\)/s, 'What is due': /New: Access starts/ },
    button: 'Set access start now',
    done: 'The start of access has been changed.',
    then: { accessStatus: 'none', accessPeriod: { startsAt: '2027-02-10T09:00:00.000Z' } },
  },
  {
    verb: 'extend',
    offer: { accessDays: 30 },
    fill: (page) => page.getByLabel('Access until').fill('2027-06-01T09:00:00'),
    plan: { 'What is due': /Access/ },
    button: 'Extend access now',
    done: 'Access has been extended.',
    then: { accessStatus: 'full', accessPeriod: { endsAt: '2027-06-01T09:00:00.000Z' } },
  },
  {
    verb: 'issue-credit',
    offer: { credits: CREDITS },
    fill: async (page) => {
      await page.getByLabel('Credits').fill('2');
      await page.getByLabel('Reason').fill('As asked by phone');
    },
    plan: {
      'Call credits':
        /2 credits are issued; they are good until Jan 31, 2028.*Available: 6 → 8.*Left of this year: 6 → 8/s,
      Emails: /To the customer: Call credit issued/,
    },
    button: 'Issue 2 credits now',
    done: 'The credits have been issued.',
    then: { billingStatus: 'active' },
  },
  {
    verb: 'forfeit-credit',
    offer: { credits: CREDITS },
    fill: async (page) => {
      await page
        .getByLabel(/issued Jan 31/)
        .first()
        .check();
      await page.getByLabel('Reason').fill('As asked by phone');
    },
    plan: { 'Call credits': /1 credit is forfeited.*Available: 6 → 5.*Left of this year: 6 → 5/s },
    button: 'Forfeit 1 credit now',
    isDangerous: true,
    done: 'The credits have been forfeited.',
    then: { billingStatus: 'active' },
  },
];

test.each(STORIES)('$verb does from its page what its preview said ($button)', async (story) => {
  const { page } = visit;
  const id = await bought(story.offer);
  await story.before?.(id);

  await page.goto(`/purchases/${id}`);
  await page.locator(`a[href="/purchases/${id}/${story.verb}"]`).first().click();
  await story.fill?.(page);
  await page.getByRole('button', { name: story.button, exact: true }).waitFor();
  for (const [label, says] of Object.entries(story.plan)) await part(page, label).filter({ hasText: says }).waitFor();
  await page.getByLabel('Reason').fill('As asked by phone');
  const isDangerous = (await page.locator('#do').getAttribute('class')) === 'danger';
  await doIt(page);

  expect(isDangerous).toBe(story.isDangerous ?? false);
  expect(await said(page)).toBe(story.done);
  expect(await site.read(id)).toMatchObject(story.then);
  const { data } = await site.timelineOf(id);
  expect(data.filter(({ actor, reason }) => actor.kind === 'admin' && reason === 'As asked by phone')).toHaveLength(1);
});

test('a purchase shows each credit with its ledger, and leads to the page that forfeits one', async () => {
  const { page } = visit;
  const id = await bought({ credits: CREDITS });
  const credits = page.locator('#credits');

  await page.goto(`/purchases/${id}`);
  await credits.getByText('6 available. 6 of 6 left this year. Next credit: Jan 31, 2028').waitFor();
  await credits.getByRole('link', { name: 'Forfeit' }).first().click();
  await page.getByLabel('Reason').fill('Issued by mistake');
  await page.getByRole('button', { name: 'Forfeit 1 credit now', exact: true }).waitFor();
  await doIt(page);

  expect(await credits.locator('p').first().innerText()).toMatch(/^5 available\. 5 of 6 left this year\./);
  await credits.getByText('1 credit that ended').click();
  expect(await credits.locator('details li').innerText()).toMatch(/^Forfeited\s+issued Jan 31.*Forfeited Jan 31/s);
});

test('every verb is told above, but changes of offer and the retry of a payment, which have their own files', () => {
  const told = new Set(STORIES.map(({ verb }) => verb));

  expect(VERB_NAMES.filter((verb) => !told.has(verb))).toEqual(['change-offer', 'undo-change-offer', 'retry-payment']);
});
