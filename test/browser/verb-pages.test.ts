import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from '../journeys/a-site.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { PHONE, type Visit } from './a-visit.ts';
import { aWindow, site, town, usePages, visit } from './use-pages.ts';

let plain: Visit;

usePages({ timeZone: 'America/New_York' });
beforeAll(async () => {
  plain = await aWindow({ as: 'owner', javaScriptEnabled: false });
});

const bought = async (): Promise<string> => site.buy(await site.offer());
const open = (page: Page, purchaseId: string, verb: string) => page.goto(`/purchases/${purchaseId}/${verb}`);
const notice = (page: Page): Promise<string> => page.locator('.notice').first().innerText();
const show = (page: Page) => page.getByRole('button', { name: 'Show what this would do' }).click();
const commandsOf = async (purchaseId: string): Promise<string[]> => {
  const rows = await town.deps.orm.em
    .fork()
    .execute<{ kind: string }[]>(`select kind from inbox where subject_id = ? and class = 'command' order by seq`, [
      purchaseId,
    ]);
  return rows.map(({ kind }) => kind);
};

test('a verb that the state forbids says why on its page, and what is possible instead', async () => {
  const { page } = visit;
  const id = await bought();
  await open(page, id, 'resume');

  expect(await notice(page)).toBe('Not possible now. Only a paused purchase can be resumed.');
  expect(await page.locator('main').getByRole('link', { name: 'Pause' }).getAttribute('href')).toBe(
    `/purchases/${id}/pause`,
  );
  expect(await page.locator('form.verb-form').count()).toBe(0);
  await visit.look();
});

test('support sees why cancel is not theirs, and its page refuses them; what is theirs they can do', async () => {
  const id = await bought();
  const support = await aWindow({ as: 'support', viewport: PHONE });
  await support.page.goto(`/purchases/${id}`);

  const greyed = await support.page.locator('.impossible li').allTextContents();
  expect(greyed).toContain('Cancel The role support may not do this.');
  expect(await support.page.locator('.verbs').getByRole('link').allInnerTexts()).toEqual(['Revoke access']);
  expect(await support.page.getByRole('link', { name: 'Refund' }).count()).toBe(0);
  const refused = await open(support.page, id, 'cancel');
  expect(refused?.status()).toBe(403);

  await open(support.page, id, 'revoke');
  await support.page.locator('#do').click();
  await support.page.waitForURL(/\?command=/);
  expect(await notice(support.page)).toBe('Access is revoked.');
  await support.close();
});

test('a preview that has become another does nothing: the new one is shown, and can be pressed', async () => {
  const { page } = visit;
  const id = await bought();
  await open(page, id, 'cancel');
  const previewed = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByLabel('What the customer said').fill('"><img src=x onerror=alert(1)> زبون');
  await previewed;
  await site.ask(id, 'pause', {});

  await page.locator('#do').click();
  await page.getByText('The outcome has changed since the preview, so nothing was done.').waitFor();
  expect(await page.getByLabel('What the customer said').inputValue()).toBe('"><img src=x onerror=alert(1)> زبون');
  expect(await page.locator('.plan').innerText()).toMatch(/stays\s+Paused/);
  await visit.look();
  expect((await site.read(id)).cancelAt).toBeNull();

  await page.locator('#do').click();
  await page.waitForURL(/\?command=/);
  expect(await site.read(id)).toMatchObject({ billingStatus: 'paused', cancelAt: '2027-02-28T09:00:00.000Z' });
  expect(await page.locator('main').innerText()).toContain('"><img src=x onerror=alert(1)> زبون');
});

test('what stands in the way is named at its field, in the words and the zone of the page', async () => {
  const { page } = visit;
  const id = await bought();
  await open(page, id, 'cancel');
  await page.getByLabel('on a date').check();
  await page.getByText('“on a date” needs the date.').waitFor();
  await page.getByLabel('Date', { exact: true }).fill('2027-01-01T09:00:00');
  await page.locator('[data-preview]').getByText('must lie in the future').waitFor();
  expect(await page.locator('#do').count()).toBe(0);

  await show(page);
  expect(await page.locator('#field-cancelAt-help').innerText()).toBe('Date must lie in the future.');
  expect(await page.getByLabel('Date', { exact: true }).getAttribute('aria-invalid')).toBe('true');

  await open(page, id, 'refund');
  await page.getByLabel('Amount').fill('29.01');
  await page.getByText('Only $29.00 of this payment is left to refund.').waitFor();
  await page.getByLabel('Amount').fill('ten');
  await show(page);
  expect(await page.getByLabel('Amount').inputValue()).toBe('ten');
  expect(await page.locator('#field-amountMinor-help').innerText()).toBe('Amount must be a number, such as 10.00');
  await visit.look();
});

test('a cancellation beyond the paid period shows what Stripe charges for the shortened part', async () => {
  const { page } = visit;
  const id = await bought();
  await open(page, id, 'cancel');
  await page.getByLabel('on a date').check();
  await page.getByLabel('Date', { exact: true }).fill('2027-03-15T04:00:00');

  await page.getByText('Stripe’s own figure for it is $').waitFor();
  await page.getByRole('button', { name: 'Cancel on Mar 15' }).waitFor();
  await page.getByLabel('now', { exact: true }).check();
  await page.getByRole('button', { name: 'Cancel now' }).waitFor();
  expect(await page.getByLabel('Date', { exact: true }).isVisible()).toBe(false);
});

test('the usual dates are one choice away, and a date that another choice left typed does nothing', async () => {
  const { page } = visit;
  const id = await bought();
  await open(page, id, 'pause');
  await page.getByLabel('on a date').check();
  await page.getByLabel('Date', { exact: true }).fill('2027-07-01T00:00:00');
  await page.locator('.plan').getByText('until Jul 1, 00:00').waitFor();

  // The renewal is in a month anyway, and one date is one choice.
  expect(await page.locator('fieldset', { hasText: 'Resumes' }).locator('label.choice').allInnerTexts()).toEqual([
    'by hand',
    'at the next renewal, Feb 28, 04:00',
    'in 3 months, Apr 30, 05:00',
    'on a date',
  ]);
  await page.getByLabel('at the next renewal, Feb 28').check();
  await page.locator('.plan').getByText('until Feb 28, 04:00').waitFor();
  await page.locator('#do').click();
  await page.waitForURL(/\?command=/);

  expect((await site.read(id)).resumeAt).toBe('2027-02-28T09:00:00.000Z');
});

test('pressed twice, it is done once', async () => {
  const { page } = plain;
  const id = await bought();
  await open(page, id, 'pause');

  await page.locator('#do').dblclick();
  await page.waitForURL(/\?command=/);
  await site.quiet();

  expect(await commandsOf(id)).toEqual(['pause']);
});

test('a form that is sent twice at once, or again later, leads to the one command that it made', async () => {
  const { page } = visit;
  const id = await bought();
  await open(page, id, 'pause');
  const names = ['_key', 'planHash', 'expectedVersion@int'];
  const values = await Promise.all(names.map((name) => page.locator(`input[name="${name}"]`).inputValue()));
  const form = { ...Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])), _step: 'do' };
  const send = async () => {
    const headers = { origin: town.apiUrl };
    const answer = await page.request.post(`/purchases/${id}/pause`, { form, headers, maxRedirects: 0 });
    return [answer.status(), answer.headers().location];
  };

  const [first, second] = await Promise.all([send(), send()]);
  const later = await send();

  expect([first?.[0], second, later]).toEqual([303, first, first]);
  expect(await commandsOf(id)).toEqual(['pause']);
});

test('without JavaScript the preview is shown on request, and what was changed after it does nothing', async () => {
  const { page } = plain;
  const id = await bought();
  await page.goto(`/purchases/${id}`);
  await page.locator('main').getByRole('link', { name: 'Pause' }).click();
  expect(await page.locator('.plan').innerText()).toContain('Nothing is charged until it is resumed.');

  await page.getByLabel('on a date').check();
  await page.getByLabel('Date', { exact: true }).fill('2027-05-01T00:00:00');
  await page.locator('#do').click();
  expect(await notice(page)).toContain('The outcome has changed since the preview, so nothing was done.');
  expect(await page.locator('.plan').innerText()).toContain('until May 1, 00:00');
  await page.getByLabel('is suspended until it is resumed').check();
  await show(page);
  expect(await page.locator('.plan').innerText()).toContain('closed (suspended while paused)');
  await page.locator('#do').click();

  expect(await notice(page)).toBe('The purchase is paused.');
  expect(await site.read(id)).toMatchObject({
    billing: { pause: { resumeAt: '2027-05-01T04:00:00.000Z', access: 'suspend' } },
  });
  expect(await commandsOf(id)).toEqual(['pause']);
});

test('outside its window, money back needs an owner, a tick and a reason', async () => {
  const { page } = visit;
  const late = await aSite(town);
  const id = await late.buy(await late.offer({ refundWindowDays: 1 }));
  await late.moveTo('2027-02-03T09:00:00.000Z');
  const administrator = await aWindow({ at: late, as: 'administrator' });
  await open(administrator.page, id, 'money-back');
  expect(await administrator.page.getByLabel('Give money back although the window is closed').count()).toBe(0);
  expect(await administrator.page.locator('#do').count()).toBe(0);
  await administrator.close();

  const owner = await aWindow({ at: late, as: 'owner' });
  await open(owner.page, id, 'money-back');
  expect(await notice(owner.page)).toContain('The refund window closed at Feb 1, 09:00.');
  await owner.page.getByLabel('Give money back although the window is closed').check();
  await owner.page.getByText('Overriding the window needs a reason.').waitFor();
  await owner.page.getByLabel('Reason').fill('A mistake of ours');
  await owner.page.locator('#do.danger').click();
  await owner.page.waitForURL(/\?command=/);

  expect(await late.read(id)).toMatchObject({ billingStatus: 'canceled', payments: [{ refundedMinor: 2_900 }] });
  await owner.close();
  await page.goto('/purchases');
});

test('while Stripe does not answer, the page says that it is under way, and follows to the end', async () => {
  const { page } = visit;
  const id = await bought();
  await control(town.sandbox, 'POST', '/faults', { kind: '500', method: 'POST', path: '/v1/subscriptions' });
  await open(page, id, 'pause');
  await page.locator('#do').click();
  await page.waitForURL(/\?command=/, { timeout: 20_000 });

  expect(await notice(page)).toContain('Pause was accepted and is under way.');
  await visit.look();
  await open(page, id, 'cancel');
  expect(await notice(page)).toContain('Pause is under way, and has been waiting for Stripe since');
  await page.goBack();
  await control(town.sandbox, 'DELETE', '/faults');
  await page.getByText('The purchase is paused.').waitFor({ timeout: 30_000 });
});

test('a retry that the card refuses says so in Stripe’s words; another card pays by itself, and nothing is left to retry', async () => {
  const late = await aSite(town);
  const id = await late.buy(await late.offer({ refundWindowDays: 0 }));
  await giveCard(late, id, 'pm_card_chargeCustomerFail');
  await late.moveTo('2027-02-28T10:00:00.000Z');
  const owner = await aWindow({ at: late, as: 'owner', viewport: PHONE });
  await open(owner.page, id, 'retry-payment');

  const plan = await owner.page.locator('.plan').innerText();
  expect(plan).toContain('A charge of $29.00 is tried now.');
  expect(plan).toContain('That depends on the outcome.');
  await owner.page.locator('#do').click();
  await owner.page.getByText('Card refused. Your card was declined.').waitFor();
  await owner.look();
  expect((await late.read(id)).billingStatus).toBe('past_due');

  await giveCard(late, id, 'pm_card_visa');
  await eventually(async () => (await late.read(id)).billingStatus === 'active');
  await owner.page.locator('#do').click();
  await owner.page.getByText('No payment is overdue').first().waitFor();
  expect((await late.read(id)).billingStatus).toBe('active');
  await owner.close();
});

/** As if the bank had blocked the card, or the customer had given another one. */
async function giveCard(late: Site, purchaseId: string, token: string): Promise<void> {
  const { stripe } = town.sandbox;
  const subscriptionId = await late.subscriptionOf(purchaseId);
  const { customer } = await stripe.subscriptions.retrieve(subscriptionId);
  const card = await stripe.paymentMethods.attach(token, { customer: customer as string });
  await stripe.subscriptions.update(subscriptionId, { default_payment_method: card.id });
}
