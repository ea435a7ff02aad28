import { expect, test } from '@jest/globals';
import { eventually } from '../ground/eventually.ts';
import { aSite, type Site } from '../journeys/a-site.ts';
import { control } from '../sandbox/stripe/sandbox.ts';
import { DESK, PHONE } from './a-visit.ts';
import { aWindow, site, town, usePages, visit } from './use-pages.ts';

/** A card whose refunds succeed at first and then fail. */
const REFUND_FAILS = '4000000000005126';

usePages({ timeZone: 'Europe/Vienna' });

const open = (purchaseId: string) => visit.page.goto(`/purchases/${purchaseId}`);

/** What a section under its heading says. */
const section = (heading: string) =>
  visit.page
    .locator('section')
    .filter({ has: visit.page.getByRole('heading', { level: 2, name: heading, exact: true }) });

test('an active purchase says who bought what, what is charged, what is due, and what can be done', async () => {
  const id = await site.buy(await site.offer({ products: 2 }));
  await open(id);

  expect(await visit.page.getByRole('heading', { level: 1 }).innerText()).toBe('Ada bought Studio');
  expect(await visit.page.locator('.axes').innerText()).toMatch(
    /Billing\s+Active\s+\$29\.00 a month\s+Next charge \$29\.00, Feb 28, 10:00\.\s+Access\s+Full access\s+2 of 2 products open\./,
  );
  const billing = await section('Billing').innerText();
  expect(billing).toContain('$29.00 a month');
  expect(billing).toContain('Feb 28, 10:00');
  expect(billing).toMatch(/visa ending in 4242, expires \d\d\/20\d\d/i);
  expect(billing).toContain('Open until Mar 2');
  expect(await visit.page.getByLabel('Link to update the card').inputValue()).toMatch(
    new RegExp(`/billing/update-card\\?purchase=${id}$`),
  );
  expect(await section('What is due').innerText()).toMatch(/Renewal is charged\s+Feb 28/);
  expect(await section('Timeline').innerText()).toMatch(/Paid: \$29\.00\s+.*by Stripe\s+Bought/);
  expect(await section('Emails').getByRole('link').allInnerTexts()).toEqual(['Purchase Confirmation']);
  expect(await visit.page.locator('.verbs').getByRole('link').allInnerTexts()).toEqual([
    'Pause',
    'Cancel',
    'Change offer',
    'Revoke access',
    'Refund',
    'Money back',
    'Set access start',
  ]);
  await visit.page.getByText('10 not possible now').click();
  expect(await visit.page.locator('.impossible li').allInnerTexts()).toEqual([
    'Resume Only a paused purchase can be resumed.',
    'Change resume date Only a paused purchase has a resume date.',
    'Undo cancellation No cancellation is pending.',
    'Undo change of offer No change of offer is pending.',
    'Restore access No product of this purchase is revoked.',
    'Retry payment No payment is overdue.',
    'Pay off Only a payment plan is paid off.',
    'Extend access Its access has no end that could be moved.',
    'Issue credits Its offer gives no call credits.',
    'Forfeit credits Its offer gives no call credits.',
  ]);
  expect(await section('Origin and terms').getByRole('link').count()).toBe(0);
});

test('it shows itself anew when its state moves, and says so', async () => {
  const id = await site.buy(await site.offer());
  await open(id);

  await site.ask(id, 'pause', { resumeAt: '2027-04-30T08:00:00Z', access: 'suspend', reason: 'Parental leave' });
  await visit.page.getByText('until it resumes on Apr 30').waitFor();

  expect(await visit.page.locator('#announcement').innerText()).toBe('This page has been updated.');
  const timeline = await section('Timeline').innerText();
  expect(timeline).toContain('Paused: until Apr 30, 10:00, access suspended');
  expect(timeline).toContain('Billing: Active → Paused. Access: Full access → No access');
  expect(timeline).toContain('Reason: Parental leave');
  expect(await section('Access').innerText()).toContain('Suspended while paused by an API key, since Jan 31');
});

test('a pending cancellation is a date on a live status, with its cause, who asked and what was said', async () => {
  const id = await site.buy(await site.offer());
  await site.ask(id, 'cancel', { when: 'period_end', reason: 'By phone', feedback: '<script>alert(1)</script>' });
  await open(id);

  expect(await visit.page.locator('.axes').innerText()).toMatch(
    /Active\s+\$29\.00 a month\s+Pending cancellation, Feb 28/,
  );
  const billing = await section('Billing').innerText();
  expect(billing).toContain('Through the API (an API key)');
  expect(billing).toContain('<script>alert(1)</script>');
  expect(billing).toContain('None is planned');
});

test('older entries of a timeline are a page further', async () => {
  const id = await site.buy(await site.offer());
  const newest = await site.must<{ nextCursor: string }>(
    site.owner.get(`/v1/purchases/${id}/timeline?order=newest&limit=1`),
  );
  await visit.page.goto(`/purchases/${id}?cursor=${newest.nextCursor}`);

  expect(await section('Timeline').locator('strong').allInnerTexts()).toEqual(['Bought']);
  await visit.page.getByRole('link', { name: 'First page' }).click();
  expect(await section('Timeline').locator('strong').allInnerTexts()).toEqual(['Paid', 'Bought']);
});

test('billing that goes on without access is warned of plainly', async () => {
  const id = await site.buy(await site.offer({ products: 2 }));
  await site.ask(id, 'revoke', { productIds: null, reason: 'Shared the login' });
  await open(id);

  expect(await visit.page.getByRole('alert').innerText()).toBe('Billing goes on although access is gone.');
});

test('a grant has no billing section, and a canceled purchase says how it ended', async () => {
  const { id: offerId } = await site.offer();
  const person = { email: site.newEmail(), name: 'Grace' };
  const granted = await site.must<{ purchase: { id: string } }>(site.owner.post('/v1/grants', { offerId, ...person }));
  await site.quiet();
  await open(granted.purchase.id);

  expect(await visit.page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
    'Access',
    'Emails',
    'What is due',
    'Notes',
    'Timeline',
    'Origin and terms',
  ]);
  await visit.look();

  const canceled = await site.buy(await site.offer());
  await site.ask(canceled, 'money-back', { reason: 'Not what they expected' });
  await open(canceled);
  expect(await visit.page.locator('.axes').innerText()).toMatch(/Canceled[^]*It has ended\.\s+Access\s+No access/);
  const payments = await section('Payments').innerText();
  expect(payments).toContain('−$29.00');
  expect(payments).toContain('Refunded in full');
  expect(await section('Billing').innerText()).toContain('With a refund (an API key)');
});

test('a second purchase says that it was sent back, and leads to the one that stays', async () => {
  const [offer, email] = [await site.offer(), site.newEmail()];
  const first = await site.checkOut(offer, email);
  // As if ending the first session had not reached Stripe.
  const sql = `update checkouts set state = 'expired' where purchase_id = ?`;
  await town.deps.orm.em.fork().execute(sql, [first.purchaseId]);
  const second = await site.checkOut(offer, email);
  await site.pay(first.sessionId);
  await eventually(() => site.read(first.purchaseId));
  await site.pay(second.sessionId);
  await eventually(async () => (await site.read(second.purchaseId)).billingStatus === 'canceled');
  await site.quiet();
  await open(second.purchaseId);

  const text = await visit.page.locator('main').innerText();
  expect(text).toContain('This purchase is sent back: when it was paid, the customer already had it');
  expect(text).toContain('Sent back and refunded: $29.00');
  expect(text).toContain('What is sent back gives no access');
  await visit.look();
  await visit.page.getByRole('link', { name: 'See the other purchase' }).first().click();
  expect(new URL(visit.page.url()).pathname).toBe(`/purchases/${first.purchaseId}`);
});

test('a refund that fails needs attention: why, and what to press; operators get the way to its workflow', async () => {
  const id = await site.buy(await site.offer(), { card: REFUND_FAILS });
  const paymentId = (await site.read(id)).payments[0]?.id;
  await site.ask(id, 'refund', { paymentId, amountMinor: 1_000 });
  await site.moveTo('2027-02-05T09:00:00.000Z');
  expect((await site.read(id)).needsAttention).toBe(true);
  await open(id);

  const alert = visit.page.getByRole('alert').first();
  expect(await alert.innerText()).toContain('Needs attention: Refund. A refund that was on its way has failed.');
  expect(await alert.getByRole('link').count()).toBe(0);
  const operator = await aWindow({ as: 'operator' });
  await operator.page.getByRole('button', { name: 'Open Willow' }).first().click();
  await operator.page.goto(`/purchases/${id}`);
  const workflow = operator.page.getByRole('alert').first().getByRole('link');
  expect(await workflow.getAttribute('href')).toContain(`workflows/purchase%3A${id}`);
  expect(await section('Payments').innerText()).toMatch(/Refund\s+Failed/);
});

test('the card is left out while Stripe cannot be reached, and the rest is there', async () => {
  const id = await site.buy(await site.offer());
  await control(town.sandbox, 'POST', '/faults', { kind: '500', path: '/v1/invoice_payments', times: 1 });
  await open(id);
  expect(await section('Billing').innerText()).toContain('Stripe cannot be reached right now');

  await open(id);
  expect(await section('Billing').innerText()).toContain('ending in 4242');
});

test('an overdue payment is named with its amount, its tries, and when Stripe tries next', async () => {
  const late = await aSite(town);
  const id = await late.buy(await late.offer({ refundWindowDays: 0 }));
  await takeCardAway(late, id);
  await late.moveTo('2027-02-28T10:00:00.000Z');
  const other = await aWindow({ at: late, as: 'owner', viewport: PHONE });
  await other.page.goto(`/purchases/${id}`);

  const text = await other.page.locator('main').innerText();
  expect(text).toContain(
    '$29.00 is overdue since Feb 28, 09:00, after one try: the bank declined it (generic_decline).',
  );
  expect(text).toContain('Stripe tries again on Mar 3, 09:00.');
  expect(text).toContain('Payment failed: $29.00, try 1, the bank declined it (generic_decline), next try Mar 3');
  expect(await other.page.getByRole('link', { name: 'Retry payment' }).count()).toBe(1);
  await other.page.setViewportSize(DESK);
  await other.close();
});

/** As if the bank had blocked the card. */
async function takeCardAway(late: Site, purchaseId: string): Promise<void> {
  const { stripe } = town.sandbox;
  const subscriptionId = await late.subscriptionOf(purchaseId);
  const { customer } = await stripe.subscriptions.retrieve(subscriptionId);
  const card = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer as string });
  await stripe.subscriptions.update(subscriptionId, { default_payment_method: card.id });
}

test("another account's purchase is not there, and an assistant is not let in", async () => {
  const id = await site.buy(await site.offer());
  const other = await aWindow({ at: await aSite(town), as: 'owner' });
  const assistant = await aWindow({ as: 'assistant' });

  const answers = [
    await other.page.goto(`/purchases/${id}`),
    await other.page.goto(`/purchases/${id}/state`),
    await other.page.goto(`/purchases/${id}/pause`),
    await assistant.page.goto(`/purchases/${id}`),
  ];

  expect(answers.map((answer) => answer?.status())).toEqual([404, 404, 404, 403]);
  await Promise.all([other.close(), assistant.close()]);
});
