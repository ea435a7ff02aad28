import { expect, test } from '@jest/globals';
import { renderEmail } from '../../emails/render.ts';
import { aSample, SITE } from './a-sample.ts';

const bought = { begun: 'purchase', welcome: 'purchase', thanks: 'purchase', trialDays: null } as const;
const confirmation = aSample('purchase-confirmation', bought);

test('markup in names is shown, never run', async () => {
  const { html, text } = await renderEmail('purchase-confirmation', {
    ...confirmation,
    contactName: '<script>alert("x")</script>',
    offerName: 'Cups & <b>Bowls</b>',
    site: { ...SITE, name: '"><img src=x onerror=alert(1)><i>' },
  });

  expect(html).not.toMatch(/<script|<img|<b>|<i>/);
  expect(html).toContain('Cups &amp; &lt;b&gt;Bowls&lt;/b&gt;');
  expect(text).toContain('Hello <script>alert("x")</script>,');
  expect(text).toContain('Congratulations, Cups & <b>Bowls</b> is yours');
});

test('a link that would run code is not rendered', async () => {
  const { html } = await renderEmail('purchase-confirmation', { ...confirmation, loginUrl: 'javascript:alert(1)' });

  expect(html).not.toContain('href="javascript:alert(1)"');
});

test('a query in a link survives in HTML and in text', async () => {
  const loginUrl = 'https://site.example/login?token=a&next=%2Fhome';
  const { html, text } = await renderEmail('purchase-confirmation', { ...confirmation, loginUrl });

  expect(html).toContain('href="https://site.example/login?token=a&amp;next=%2Fhome"');
  expect(text).toContain(loginUrl);
});

test('a line break in a name stays out of the subject', async () => {
  const { subject } = await renderEmail('purchase-confirmation', {
    ...confirmation,
    offerName: 'Cups\r\nBcc: everyone@example.com',
  });

  expect(subject).toBe('Your purchase of Cups Bcc: everyone@example.com');
});

test('a heading keeps the case of the names in it', async () => {
  const { text } = await renderEmail('member-welcome', aSample('member-welcome'));

  expect(text).toContain('Welcome to Willow & Wheel Pottery');
});

test('braces in a name are shown as they were typed, and say nothing of others', async () => {
  const { text, subject } = await renderEmail('purchase-confirmation', { ...confirmation, offerName: '{{loginUrl}}' });

  expect(subject).toBe('Your purchase of {{loginUrl}}');
  expect(text).toContain('Congratulations, {{loginUrl}} is yours');
});

test('a customer without a name is not greeted', async () => {
  const { text } = await renderEmail('purchase-confirmation', { ...confirmation, contactName: null });

  expect(text).not.toContain('Hello');
});

test('a trial that charges nothing says so, and shows its end and the first charge', async () => {
  const begun = { begun: 'trial', welcome: 'trial', thanks: 'trial', trialDays: 14 } as const;
  const { subject, text } = await renderEmail('purchase-confirmation', {
    ...confirmation,
    ...begun,
    lines: [],
    paid: null,
    paidAt: null,
    isUnpaid: true,
    trialEndsAt: '2026-02-14T17:00:00.000Z',
    nextCharge: { amount: { amountMinor: 5000, currency: 'jpy' }, at: '2026-02-14T17:00:00.000Z' },
  });

  expect(text).toContain('Nothing was charged today.');
  expect(subject).toBe('Your 14-day trial has begun');
  expect(text).not.toContain('Thank you for your purchase');
  expect(text).toContain('Trial ends: February 14, 2026\n');
  expect(text).toContain('Next payment: ¥5,000 on February 14, 2026\n');
  expect(text).not.toMatch(/^Paid/m);
});

test('a pause without an end says so, and whether access goes on', async () => {
  const paused = aSample('purchase-paused');
  const open = await renderEmail('purchase-paused', { ...paused, resumeAt: null, accessSuspended: false });
  const suspended = await renderEmail('purchase-paused', paused);

  expect(open.text).toContain('Resumes: no date set');
  expect(open.text).toContain('You keep your access.');
  expect(suspended.text).toContain('Your access is on hold until it resumes.');
});

test('the purchase confirmation carries no credentials', async () => {
  const { text } = await renderEmail('purchase-confirmation', confirmation);

  expect(text).not.toMatch(/password/i);
});

test('a notice says who did it and why', async () => {
  const preview = aSample('admin-purchase-canceled');
  const byAdmin = await renderEmail('admin-purchase-canceled', { ...preview, reason: 'Asked by phone' });
  const byStripe = await renderEmail('admin-purchase-canceled', {
    ...preview,
    actor: { kind: 'stripe', label: null },
    reason: null,
  });

  expect(byAdmin.text).toContain('By: owner@willow-and-wheel.example (an admin)');
  expect(byAdmin.text).toContain('Reason: Asked by phone');
  expect(byStripe.text).toContain('By: Stripe');
  expect(byStripe.text).not.toContain('Reason:');
});

test('a resume date that was not there is told from one that is not known', async () => {
  const changed = aSample('resume-date-changed');
  const none = await renderEmail('resume-date-changed', { ...changed, previousResumeAt: null, resumeAt: null });
  const unknown = await renderEmail('resume-date-changed', { ...changed, previousResumeAt: undefined });

  expect(none.text).toContain('Before: no date set');
  expect(none.text).toContain('Resumes: no date set');
  expect(unknown.text).not.toContain('Before:');
});

test('the cause of a cancellation is told in words', async () => {
  const preview = aSample('admin-purchase-canceled');
  const { text } = await renderEmail('admin-purchase-canceled', { ...preview, cause: 'delinquent' });

  expect(text).toContain('Canceled: because payments kept failing');
});

test('a site is known by its logo, its name and its postal address, and its color marks what is pressed', async () => {
  const logoUrl = 'https://site.example/logo.png';
  const { html, text } = await renderEmail('payment-receipt', {
    ...aSample('payment-receipt'),
    site: { ...SITE, color: '#ffe000', logoUrl },
  });

  expect(html).toContain(`src="${logoUrl}"`);
  expect(html).not.toContain('#a8452a');
  expect(text).toContain('Willow & Wheel Pottery, 12 Kiln Lane, Portland, OR 97201');
  expect(text).toContain('Manage or cancel your subscription');
});

test('an hour names its zone once, and a day none', async () => {
  const link = await renderEmail('login-link', aSample('login-link'));
  const receipt = await renderEmail('payment-receipt', aSample('payment-receipt'));

  expect(link.text).toContain('March 31, 2026 at 9:00 AM');
  expect(link.text.match(/Times are in Pacific Time/g)).toHaveLength(1);
  expect(receipt.text).not.toMatch(/Times are|AM|PM|:\d\d/);
});
