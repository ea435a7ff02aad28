import { describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { composeEmail } from '../../../activities/mail/compose.ts';
import {
  queueAlreadyLive,
  queueFreeOfferLink,
  queueLoginLinks,
  queuePasswordResets,
} from '../../../db/people/login-links.ts';
import { EMAIL_KINDS } from '../../../emails/catalogue.ts';
import { LINKS, OF_A_PLAIN_PURCHASE } from './a-letter.ts';
import { T0 } from './a-mail-ground.ts';
import { OF_ACCOUNTS, OF_ADDRESSES } from './kinds-of-accounts.ts';
import { aCallStory, CALL_SAYS } from './a-call-story.ts';
import { aCardStory, CARD_SAYS } from './a-card-story.ts';
import { AHEAD_SAYS, chargeStories } from './a-charge-story.ts';
import { aCreditStory, CREDIT_SAYS } from './a-credit-story.ts';
import { aRequestedStory, REQUEST_SAYS } from './a-requested-story.ts';
import { aBoughtStory, aChangedStory, anInvoice, aRefund, aStory, aSubscription, CHANGE_SAYS } from './a-story.ts';
import { ground, materialOf, said, seen, useMailGround } from './use-mail-ground.ts';

const D10 = '2027-02-10T09:00:00.000Z';
const D11 = '2027-02-11T09:00:00.000Z';
const D12 = '2027-02-12T09:00:00.000Z';
const MAY = '2027-05-01T07:00:00.000Z';
const JUNE = '2027-06-01T07:00:00.000Z';
const PERIOD_END = '2027-02-28T09:00:00.000Z';
const PRICE = { amountMinor: 4900, currency: 'usd' };
const NEXT = { amount: PRICE, at: PERIOD_END };
const KEEP = { amountMinor: 1250, billing: 'keep', access: 'keep' };

useMailGround();

describe('what an email says comes from what was recorded', () => {
  test('a purchase with its first payment, and no credentials', async () => {
    const { confirmation } = await aBoughtStory(ground);

    expect(await said(confirmation)).toEqual({
      ...OF_A_PLAIN_PURCHASE,
      contactName: 'Ada Lovelace',
      lines: [{ what: 'Studio Membership', amount: PRICE }],
      period: { from: T0, to: PERIOD_END },
      offerName: 'Studio Membership',
      products: ['Course 1', 'Course 2'],
      loginUrl: LINKS.login,
      paid: PRICE,
      paidAt: T0,
      receiptNumber: 'R-000001',
      receiptUrl: expect.stringMatching(/^https:\/\/willow\.example\/receipt\/in_[\w-]+$/),
      nextCharge: NEXT,
    });
  });

  test('a payment plan by its numbers, and at its end what was paid last', async () => {
    const price = { kind: 'payment_plan', ...PRICE, instalments: 3 } as const;
    const story = await aStory(ground, { terms: { price } });
    await story.hear(anInvoice(), T0);
    const first = await story.hear(aSubscription(), T0);
    const second = await story.hear(anInvoice({ reason: 'renewal', paidAt: PERIOD_END }), PERIOD_END);
    const third = await story.hear(anInvoice({ reason: 'renewal', paidAt: MAY }), MAY);

    expect(await said(first['purchase-confirmation'])).toMatchObject({ instalment: 'Payment 1 of 3.' });
    expect(await said(second['payment-receipt'])).toMatchObject({ instalment: 'Payment 2 of 3.' });
    expect(Object.keys(third)).toEqual(['plan-completed']);
    expect(await said(third['plan-completed'])).toMatchObject({
      paid: PRICE,
      completedAt: MAY,
      payments: 3,
      paidBy: 'last_payment',
      access: 'kept',
      accessEndsOn: null,
    });
  });

  test('a confirmation waits for the payment that Stripe tells of a moment later, but not for ever', async () => {
    const story = await aStory(ground);
    const { 'purchase-confirmation': id = '' } = await story.hear(aSubscription(), T0);
    const material = await materialOf(id);

    expect(composeEmail(material, LINKS, 0)).toEqual({ kind: 'wait' });
    expect(composeEmail(material, LINKS, 5)).toMatchObject({ email: { props: { paid: null, isUnpaid: true } } });
    await story.hear(anInvoice(), T0);
    expect(await said(id)).toMatchObject({ paid: PRICE, paidAt: T0 });
  });

  test('a confirmation says until when access lasts, where it has an end', async () => {
    const story = await aStory(ground, { terms: { accessDays: 90 } });
    await story.hear(anInvoice(), T0);
    const emails = await story.hear(aSubscription(), T0);

    expect(await said(emails['purchase-confirmation'])).toMatchObject({ accessEndsAt: '2027-05-01T09:00:00.000Z' });
  });

  test('a trial says that nothing was paid, and until when', async () => {
    const price = { kind: 'subscription', ...PRICE, interval: 'month', trialDays: 14, setupFeeMinor: 0 } as const;
    const story = await aStory(ground, { terms: { price } });
    const trialEndsAt = '2027-02-14T09:00:00.000Z';
    const emails = await story.hear(aSubscription({ status: 'trialing', trialEndsAt, periodEnd: trialEndsAt }), T0);

    expect(await said(emails['purchase-confirmation'])).toMatchObject({
      trialDays: 14,
      paid: null,
      isUnpaid: true,
      trialEndsAt,
      nextCharge: { amount: PRICE, at: trialEndsAt },
    });
  });

  test('a grant to a new customer: what it gives, then how to get in', async () => {
    const story = await aStory(ground, { origin: 'granted', terms: { accessDays: 30 } });
    const input = { isNewCustomer: true, skipConfirmation: false, skipWelcome: false };
    const emails = await story.ask('grant', input, { at: T0 });

    expect(Object.keys(emails)).toEqual(['offer-grant-confirmation', 'member-welcome']);
    expect(await said(emails['offer-grant-confirmation'])).toMatchObject({
      accessStartsAt: null,
      accessEndsAt: '2027-03-02T09:00:00.000Z',
    });
    expect(await said(emails['member-welcome'])).toMatchObject({
      loginEmail: 'ada@example.com',
      setPasswordUrl: LINKS.oneTime!.url,
    });
  });

  test('a renewal receipt', async () => {
    const { story, subscription } = await aBoughtStory(ground);
    const periodEnd = '2027-03-31T09:00:00.000Z';
    await story.hear({ ...subscription, periodStart: PERIOD_END, periodEnd }, PERIOD_END);
    const emails = await story.hear(anInvoice({ paidAt: PERIOD_END, reason: 'renewal' }), PERIOD_END);

    expect(await said(emails['payment-receipt'])).toMatchObject({
      amount: PRICE,
      paidAt: PERIOD_END,
      nextCharge: { amount: PRICE, at: periodEnd },
    });
  });

  test('a pause, who made it and why, even when it has been lifted by the time the email is written', async () => {
    const { story } = await aBoughtStory(ground);
    const paused = await story.ask('pause', { resumeAt: MAY, access: 'suspend' }, { at: D10, reason: 'Moving house' });
    const resumed = await story.ask('resume', {}, { at: D11, actor: { kind: 'customer', id: ground.ids.contact } });

    expect(await said(paused['purchase-paused'])).toMatchObject({
      pausedAt: D10,
      resumeAt: MAY,
      accessSuspended: true,
    });
    expect(await said(paused['admin-purchase-paused'])).toMatchObject({
      customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
      purchaseUrl: LINKS.ofPurchase!.page,
      at: D10,
      actor: { kind: 'admin', label: 'olga@willow.example' },
      reason: 'Moving house',
      resumeAt: MAY,
      accessSuspended: true,
    });
    expect(await said(resumed['purchase-resumed'])).toMatchObject({ resumedAt: D11, nextCharge: NEXT });
    expect(await said(resumed['admin-purchase-resumed'])).toMatchObject({ actor: { kind: 'customer', label: null } });
  });

  test('a moved resume date, with the one before; and the automatic resume', async () => {
    const { story } = await aBoughtStory(ground);
    await story.ask('pause', { resumeAt: MAY, access: 'keep' }, { at: D10 });
    const moved = await story.ask('change-resume-date', { resumeAt: JUNE }, { at: D11 });
    const resumed = await story.reach('resume', JUNE);

    expect(await said(moved['resume-date-changed'])).toMatchObject({ previousResumeAt: MAY, resumeAt: JUNE });
    expect(await said(moved['admin-resume-date-changed'])).toMatchObject({ previousResumeAt: MAY, resumeAt: JUNE });
    expect(await said(resumed['purchase-resumed'])).toMatchObject({ resumedAt: JUNE });
    expect(await said(resumed['admin-purchase-resumed'])).toMatchObject({ actor: { kind: 'automation' }, at: JUNE });
  });

  test('a cancellation that is scheduled, undone, and then done at once', async () => {
    const { story } = await aBoughtStory(ground);
    const scheduled = await story.ask('cancel', { when: 'period_end', cancelAt: null }, { at: D10 });
    const undone = await story.ask('undo-cancel', {}, { at: D11 });
    const canceled = await story.ask('cancel', { when: 'now', cancelAt: null }, { at: D12, reason: 'Too busy' });

    expect(await said(scheduled['cancellation-scheduled'])).toMatchObject({ cancelAt: PERIOD_END, nextCharge: null });
    expect(await said(scheduled['admin-cancellation-scheduled'])).toMatchObject({ cancelAt: PERIOD_END, at: D10 });
    expect(await said(undone['cancellation-undone'])).toMatchObject({ offerName: 'Studio Membership' });
    expect(await said(undone['admin-cancellation-undone'])).toMatchObject({ at: D11 });
    expect(await said(canceled['purchase-canceled'])).toMatchObject({ endedAt: D12, isUnpaid: false, access: 'ended' });
    expect(await said(canceled['admin-purchase-canceled'])).toMatchObject({ cause: 'internal', reason: 'Too busy' });
  });

  test.each(Object.entries(CHANGE_SAYS))('of a change of offer, %s names both offers', async (kind, says) =>
    expect(await said((await aChangedStory(ground)).emails[kind])).toMatchObject(says),
  );

  test.each(Object.entries(REQUEST_SAYS))('of a request to be canceled, %s says what is asked', async (kind, says) =>
    expect(await said((await aRequestedStory(ground)).emails[kind])).toMatchObject(says),
  );

  test.each(Object.entries(CREDIT_SAYS))('of call credits, %s says how many and until when', async (kind, says) =>
    expect(await said((await aCreditStory(ground)).emails[kind])).toMatchObject(says),
  );

  test('calls and seats, to who booked them and to the expert', async () => {
    const emails = new Map((await aCallStory(ground)).flatMap((step) => Object.entries(step)).reverse());

    for (const [kind, says] of Object.entries(CALL_SAYS)) expect(await said(emails.get(kind))).toMatchObject(says);
  });

  test('a failed payment, one that waits for the bank, and the end after the last try', async () => {
    const { story } = await aBoughtStory(ground);
    const open = { status: 'open' as const, amountPaidMinor: 0, paidAt: null, reason: 'renewal' as const };
    const failed = await story.hear(
      anInvoice({ ...open, trouble: 'failed', nextTryAt: MAY, declineCode: 'stolen_card' }),
      PERIOD_END,
    );
    const ended = await story.ask(
      'end-billing',
      { cause: 'delinquent' },
      { at: MAY, actor: { kind: 'system', id: null } },
    );
    const { story: other } = await aBoughtStory(ground);
    const waiting = await other.hear(anInvoice({ ...open, trouble: 'action_required' }), PERIOD_END);

    expect(await said(failed['payment-failed'])).toMatchObject({
      amount: PRICE,
      failedAt: PERIOD_END,
      attempt: 1,
      declineMessage: 'The bank declined it.',
      whatToDo: true,
      updateCardUrl: LINKS.ofPurchase!.updateCard,
    });
    expect(await said(failed['admin-payment-failed'])).toMatchObject({
      amount: PRICE,
      actor: { kind: 'stripe' },
      failureReason: 'the card is reported stolen (stolen_card)',
    });
    expect(await said(ended['purchase-canceled'])).toMatchObject({ isUnpaid: true, endedAt: MAY });
    const { story: warned } = await aBoughtStory(ground);
    await warned.hear(anInvoice({ ...open, trouble: 'failed', attempts: 3, nextTryAt: MAY }), PERIOD_END);
    const { 'payment-last-warning': told } = await warned.reach('last-warning', MAY);
    expect(await said(told)).toMatchObject({ amount: PRICE, accessEndsAt: MAY, end: 'canceled' });
    expect(await said(await aCardStory(ground))).toMatchObject(CARD_SAYS);
    await saysOfCharges();
    expect(await said(waiting['payment-action-required'])).toMatchObject({
      amount: PRICE,
      actionUrl: LINKS.ofPurchase!.confirmPayment,
    });
  });
});

describe('money that went back', () => {
  test('a refund with its payment, and its cancellation in an email of its own', async () => {
    const { story, paymentId } = await aBoughtStory(ground);
    const commandId = uuid();
    await story.hear(aRefund({ paymentId, commandId, status: 'pending' }), D10);
    const input = { ...KEEP, paymentId, billing: 'cancel_now' };
    const emails = await story.ask('refund', input, { at: D10, commandId, reason: 'Promised' });

    const amount = { amountMinor: 1250, currency: 'usd' };
    expect(await said(emails['refund-receipt'])).toMatchObject({
      amount,
      refundedAt: D10,
      status: 'pending',
      creditNoteUrl: null,
      payment: { amount: PRICE, paidAt: T0 },
    });
    expect(await said(emails['admin-refund'])).toMatchObject({ amount, status: 'pending', reason: 'Promised' });
    expect(await said(emails['admin-purchase-canceled'])).toMatchObject({
      cause: 'internal',
      reason: 'Promised',
      at: D10,
    });
  });

  test('a refund made at Stripe, and one that fails later', async () => {
    const { story, paymentId } = await aBoughtStory(ground);
    const refund = aRefund({ paymentId });
    const made = await story.hear(refund, D10);
    const url = `https://willow.example/credit_note/${refund.refundId}`;
    expect(await said(made['refund-receipt'])).toMatchObject({ status: 'succeeded', creditNoteUrl: url });
    const failed = await story.hear({ ...refund, status: 'failed' }, D12);

    expect(await said(made['admin-refund'])).toMatchObject({ actor: { kind: 'stripe' }, at: D10 });
    expect(await said(failed['admin-refund-failed'])).toMatchObject({ amount: { amountMinor: 1250 }, at: D12 });
    expect(await said(failed['refund-failed'])).toMatchObject({ amount: { amountMinor: 1250 }, failedAt: D12 });
  });

  test('a refund that Stripe refused is not confirmed to anybody', async () => {
    const { story, paymentId } = await aBoughtStory(ground);
    const commandId = uuid();
    await ground.sql(
      `insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at) values (?, ?, 'purchase', ?, 'command', 'refund', ?)`,
      [commandId, ground.ids.account, story.purchaseId, D10],
    );
    const refused = [
      {
        write: { op: 'refund' as const, paymentId, amountMinor: 1250 },
        index: 0,
        stripeCode: 'charge_already_refunded',
      },
    ];
    const ends = [
      { rowId: commandId, state: 'applied' as const, refusal: null, effects: { money: [], emails: [], refused } },
    ];
    const input = { ...KEEP, paymentId, billing: 'cancel_now' };
    const emails = await story.ask('refund', input, { at: D10, commandId, ends });

    expect(await said(emails['refund-receipt'])).toEqual({ kind: 'suppressed', reason: 'refund_refused' });
    expect(await said(emails['admin-refund'])).toEqual({ kind: 'suppressed', reason: 'refund_refused' });
    expect(await said(emails['purchase-canceled'])).toMatchObject({ endedAt: D10 });
  });

  test('money-back lists what went back', async () => {
    const { story, paymentId } = await aBoughtStory(ground);
    const commandId = uuid();
    const planned = await story.ask('money-back', { override: false, hasReason: false }, { at: D10, commandId });
    await story.hear(aRefund({ paymentId, commandId, amountMinor: 4900 }), D10);

    const payments = { totalRefunded: PRICE, refundedPayments: [{ amount: PRICE, paidAt: T0 }] };
    expect(await said(planned['money-back'])).toMatchObject({ ...payments, endedAt: D10 });
    expect(await said(planned['admin-money-back'])).toMatchObject({ ...payments, at: D10 });
  });

  test('a second purchase that was sent back', async () => {
    const story = await aStory(ground);
    await story.hear(anInvoice(), T0);
    await story.hear(aSubscription(), T0, { duplicateOf: uuid() });
    const emails = await story.ask('return-duplicate', {}, { at: T0, actor: { kind: 'system', id: null } });

    expect(await said(emails['duplicate-purchase-refunded'])).toMatchObject({ amountRefunded: PRICE, refundedAt: T0 });
    expect(await said(emails['admin-duplicate-purchase'])).toMatchObject({ amountRefunded: PRICE });
  });

  test('a dispute', async () => {
    const { story, paymentId } = await aBoughtStory(ground);
    const dispute = { type: 'dispute', disputeId: 'dp_1', paymentId, amountMinor: 4900, status: 'open' } as const;
    const why = { reason: 'product_not_received', evidenceDueAt: MAY };
    const emails = await story.hear({ ...dispute, ...why }, D10);

    expect(await said(emails['admin-dispute'])).toMatchObject({
      amount: PRICE,
      at: D10,
      respondBy: MAY,
      disputeReason: 'the customer says that nothing was delivered (product_not_received)',
    });
  });
});

test('a login link that was asked for says when it ends, and is asked for once a minute', async () => {
  const { story } = await aBoughtStory(ground);
  await ground.sql('update contacts set customer_since = ? where id = ?', [T0, story.state().contactId]);
  const em = ground.orm.em.fork();

  const emailIds = await queueLoginLinks(em, 'ada@example.com', T0);
  const again = await queueLoginLinks(em, 'ada@example.com', T0);

  expect([...emailIds, ...again]).toHaveLength(1);
  expect(await said(emailIds[0])).toMatchObject({ loginLinkUrl: LINKS.oneTime!.url, expiresAt: MAY });
  expect(await queueLoginLinks(em, 'nobody@example.com', T0)).toEqual([]);
  const [resetId] = await queuePasswordResets(em, 'ada@example.com', T0);
  expect(await said(resetId)).toMatchObject({ resetUrl: LINKS.oneTime!.url, expiresAt: MAY });
});

test('what somebody has already, and how it stands; where it is past due, the link leads on to the card', async () => {
  const em = ground.orm.em.fork();
  const { story } = await aBoughtStory(ground);
  const { purchaseId } = story.state();
  const running = await said((await queueAlreadyLive(em, purchaseId, T0)) ?? 'none');
  await story.hear(anInvoice({ status: 'open', reason: 'renewal', trouble: 'failed', paidAt: null }), PERIOD_END);
  const late = await said((await queueAlreadyLive(em, purchaseId, D10)) ?? 'none');

  expect(running).toMatchObject({
    standing: 'running',
    loginLinkUrl: LINKS.oneTime!.url,
    expiresAt: MAY,
    updateCardUrl: null,
  });
  expect(late).toMatchObject({
    standing: 'past_due',
    updateCardUrl: LINKS.ofPurchase!.updateCard,
    loginLinkUrl: `${LINKS.oneTime!.url}&next=%2Fbilling%2Fupdate-card`,
  });
  expect(await queueAlreadyLive(em, purchaseId, D10)).toBeNull();
  const free = await said((await queueFreeOfferLink(em, purchaseId, D10)) ?? 'none');
  expect(free).toMatchObject({ takeUrl: LINKS.oneTime!.url, expiresAt: MAY });
});

test('every kind has been written in this file, or is about an account or an address', () => {
  const others = EMAIL_KINDS.filter((kind) => ![...OF_ACCOUNTS, ...OF_ADDRESSES].includes(kind));
  expect(others.filter((kind) => !seen.has(kind))).toEqual([]);
});

/** What is about to be charged, by which card, and what is not. */
async function saysOfCharges(): Promise<void> {
  const { upcoming, trials } = await chargeStories(ground);
  expect(await said(upcoming)).toMatchObject({ amount: PRICE, chargeAt: PERIOD_END, ...AHEAD_SAYS });
  expect(await said(trials[0])).toMatchObject({ amount: PRICE, trialEndsAt: PERIOD_END, whatComes: true });
  expect(await said(trials[1])).toMatchObject({ amount: null, whatComes: false });
}
