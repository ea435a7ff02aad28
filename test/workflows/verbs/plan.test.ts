import { describe, expect, test } from '@jest/globals';
import { addDays } from '../../../workflows/domain/instant.ts';
import { ENTRY_TYPES } from '../../../workflows/domain/outcome.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { SYSTEM, SYSTEM_VERB_NAMES, VERB_NAMES, type PlannedName } from '../../../workflows/domain/verb.ts';
import { EMAIL_KINDS } from '../../../emails/catalogue.ts';
import { VERBS } from '../../../workflows/verbs/index.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { PLANS_OF_CREDITS } from './plans-of-credits.ts';
import { PLANS_OF_ENDS } from './plans-of-ends.ts';
import { PLANS_OF_REQUESTS } from './plans-of-requests.ts';
import { aPlan, month } from '../../builders/plan.ts';
import {
  aCancellation,
  aCheckout,
  ADMIN,
  after,
  aGrant,
  anEnd,
  aOneTime,
  anOverdue,
  aPause,
  aPayment,
  aPurchase,
  askedBy,
  FEB_28,
  MAR_31,
  T0,
} from '../../builders/purchase.ts';
import { OFFER_CHANGE_PLANS, type PlanRow } from './offer-change-plans.ts';

const NOW = after(7200);
const APR_15 = '2027-04-15T00:00:00.000Z';
const active = aPurchase();
const overdue = aPurchase({ billing: { overdue: [anOverdue({ nextTryAt: null })] } });
const paused = aPurchase({ billing: { pause: aPause() } });
const canceling = aPurchase({ billing: { cancellation: aCancellation() } });
const renewed = aPurchase({
  payments: [
    aPayment(),
    aPayment({ paymentId: 'in_2', paidAt: FEB_28 }),
    aPayment({ paymentId: 'in_3', paidAt: MAR_31 }),
  ],
});
const sub = { subscriptionId: 'sub_1' };
const refund = { paymentId: 'in_1', amountMinor: 1000, billing: 'keep', access: 'keep' };
const usd = { currency: 'usd' };
const CANCEL_NOW = [
  { op: 'cancelNow', ...sub },
  { op: 'voidOpenInvoices', ...sub },
];
const gives = (paymentId: string, amountMinor: number) => ({ op: 'refund', paymentId, amountMinor });
const money = (paymentId: string, amountMinor: number) => ({ kind: 'refund', paymentId, amountMinor, ...usd });
const goesOn = (nextChargeAt: string | null) => ({ kind: 'charges_continue', nextChargeAt, amountMinor: 4900, ...usd });

const PLANS: PlanRow[] = [
  [
    'pause suspends collection and voids what is unpaid',
    'pause',
    active,
    { resumeAt: MAR_31, access: 'keep' },
    {
      writes: [
        { op: 'pauseCollection', ...sub, resumesAt: MAR_31 },
        { op: 'voidOpenInvoices', ...sub },
      ],
      money: [{ kind: 'charges_suspended', until: MAR_31 }],
      emails: ['purchase-paused', 'admin-purchase-paused'],
      entry: 'purchase.paused',
    },
  ],
  [
    'resume goes on at the next regular date',
    'resume',
    paused,
    {},
    {
      writes: [{ op: 'resumeCollection', ...sub }],
      money: [goesOn(FEB_28)],
      emails: ['purchase-resumed', 'admin-purchase-resumed'],
      entry: 'purchase.resumed',
    },
  ],
  [
    'the resume date is moved at Stripe too',
    'change-resume-date',
    paused,
    { resumeAt: null },
    {
      writes: [{ op: 'pauseCollection', ...sub, resumesAt: null }],
      money: [{ kind: 'charges_suspended', until: null }],
      emails: ['resume-date-changed', 'admin-resume-date-changed'],
      entry: 'purchase.resume-date-changed',
    },
  ],
  [
    'cancel now voids what is overdue',
    'cancel',
    overdue,
    { when: 'now', cancelAt: null },
    {
      writes: CANCEL_NOW,
      money: [{ kind: 'no_more_charges', from: NOW }, { kind: 'open_invoices_voided' }],
      emails: ['purchase-canceled', 'admin-purchase-canceled'],
      entry: 'purchase.canceled',
    },
  ],
  [
    'cancel at the period’s end takes nothing more and prorates nothing',
    'cancel',
    active,
    { when: 'period_end', cancelAt: null },
    {
      writes: [{ op: 'cancelAt', ...sub, at: FEB_28, prorate: false }],
      money: [{ kind: 'no_more_charges', from: FEB_28 }],
      emails: ['cancellation-scheduled', 'admin-cancellation-scheduled'],
      entry: 'purchase.cancellation-scheduled',
    },
  ],
  [
    'cancel beyond the paid period prorates the last part [R8.1]',
    'cancel',
    active,
    { when: 'at', cancelAt: APR_15 },
    {
      writes: [{ op: 'cancelAt', ...sub, at: APR_15, prorate: true }],
      money: [
        { kind: 'charge', at: FEB_28, amountMinor: 4900, ...usd },
        { kind: 'prorated_last_charge', at: MAR_31, until: APR_15, amountMinor: 2389, ...usd },
        { kind: 'no_more_charges', from: APR_15 },
      ],
      emails: ['cancellation-scheduled', 'admin-cancellation-scheduled'],
      entry: 'purchase.cancellation-scheduled',
    },
  ],
  [
    'undo-cancel goes on as before',
    'undo-cancel',
    canceling,
    {},
    {
      writes: [{ op: 'undoCancel', ...sub }],
      money: [goesOn(FEB_28)],
      emails: ['cancellation-undone', 'admin-cancellation-undone'],
      entry: 'purchase.cancellation-undone',
    },
  ],
  ...OFFER_CHANGE_PLANS,
  [
    'revoke tells nobody, and says that billing goes on',
    'revoke',
    active,
    { productIds: ['course'] },
    { writes: [], money: [goesOn(FEB_28)], emails: [], entry: 'purchase.revoked' },
  ],
  [
    'restore tells nobody',
    'restore',
    aPurchase({ revoked: [{ productId: 'course', since: T0, by: ADMIN }] }),
    { productIds: null },
    { writes: [], money: [], emails: [], entry: 'purchase.restored' },
  ],
  [
    'refund alone only gives money back',
    'refund',
    active,
    refund,
    {
      writes: [gives('in_1', 1000)],
      money: [money('in_1', 1000)],
      emails: ['refund-receipt', 'admin-refund'],
      entry: 'purchase.refunded',
    },
  ],
  [
    'refund that cancels cancels first, and sends both emails',
    'refund',
    active,
    { ...refund, amountMinor: null, billing: 'cancel_now' },
    {
      writes: [...CANCEL_NOW, gives('in_1', 4900)],
      money: [{ kind: 'no_more_charges', from: NOW }, money('in_1', 4900)],
      emails: ['refund-receipt', 'admin-refund', 'purchase-canceled', 'admin-purchase-canceled'],
      entry: 'purchase.refunded',
    },
  ],
  [
    'money-back gives back the payments made in the window, and no later one',
    'money-back',
    renewed,
    { override: false },
    {
      writes: [...CANCEL_NOW, gives('in_1', 4900), gives('in_2', 4900)],
      money: [{ kind: 'no_more_charges', from: NOW }, money('in_1', 4900), money('in_2', 4900)],
      emails: ['money-back', 'admin-money-back'],
      entry: 'purchase.money-back',
    },
  ],
  [
    'retry-payment tries the overdue invoice; its outcome tells',
    'retry-payment',
    overdue,
    {},
    {
      writes: [{ op: 'payInvoice', invoiceId: 'in_2' }],
      money: [{ kind: 'charge_attempt', invoiceId: 'in_2', amountMinor: 4900, ...usd }],
      emails: [],
      entry: 'purchase.payment-retried',
    },
  ],
  [
    'access-start tells nobody',
    'access-start',
    aGrant(),
    { startsAt: FEB_28 },
    { writes: [], money: [], emails: [], entry: 'purchase.access-start-changed' },
  ],
  [
    'extend tells nobody',
    'extend',
    aGrant({ accessDays: 9 }),
    { days: 14, until: null },
    { writes: [], money: [], emails: [], entry: 'purchase.access-extended' },
  ],
  [
    'grant to a new customer confirms and welcomes',
    'grant',
    { ...aCheckout(), origin: 'granted', billing: { kind: 'none' } },
    { isNewCustomer: true, skipConfirmation: false, skipWelcome: false },
    { writes: [], money: [], emails: ['offer-grant-confirmation', 'member-welcome'], entry: 'purchase.granted' },
  ],
  [
    'grant to a customer only confirms',
    'grant',
    { ...aCheckout(), origin: 'granted', billing: { kind: 'none' } },
    { isNewCustomer: false, skipConfirmation: false, skipWelcome: false },
    { writes: [], money: [], emails: ['offer-grant-confirmation'], entry: 'purchase.granted' },
  ],
  [
    'take-free confirms as a purchase does',
    'take-free',
    aCheckout({ price: { kind: 'free' } }),
    {},
    { writes: [], money: [], emails: ['purchase-confirmation'], entry: 'purchase.bought' },
  ],
  [
    'money-back of what was paid once gives it back and ends it',
    'money-back',
    aOneTime(),
    { override: false, hasReason: false },
    {
      writes: [{ op: 'refund', paymentId: 'in_1', amountMinor: 4900 }],
      money: [{ kind: 'refund', paymentId: 'in_1', amountMinor: 4900, currency: 'usd' }],
      emails: ['money-back', 'admin-money-back'],
      entry: 'purchase.money-back',
    },
  ],
  [
    'end-billing after the last try cancels and voids',
    'end-billing',
    overdue,
    { cause: 'delinquent' },
    {
      writes: CANCEL_NOW,
      money: [],
      emails: ['purchase-canceled', 'admin-purchase-canceled'],
      entry: 'purchase.canceled',
    },
  ],
  [
    'end-billing of what Stripe has ended only voids, and tells nobody again',
    'end-billing',
    aPurchase({ billing: { overdue: [anOverdue()], ended: anEnd() } }),
    { cause: 'external' },
    { writes: [{ op: 'voidOpenInvoices', ...sub }], money: [], emails: [], entry: 'purchase.billing-ended' },
  ],
  [
    'void-open-invoices voids what a pause at Stripe left open, and tells nobody',
    'void-open-invoices',
    aPurchase({ billing: { pause: aPause(), overdue: [anOverdue()] } }),
    {},
    { writes: [{ op: 'voidOpenInvoices', ...sub }], money: [], emails: [], entry: 'purchase.invoices-voided' },
  ],
  [
    'set-plan-end has Stripe stop behind the last instalment, and tells nobody',
    'set-plan-end',
    aPlan({ paid: 1, total: 3 }),
    { at: month(3) },
    { writes: [{ op: 'stopAt', ...sub, at: month(3) }], money: [], emails: [], entry: 'purchase.plan-end-set' },
  ],
  ...PLANS_OF_REQUESTS,
  ...PLANS_OF_ENDS,
  ...PLANS_OF_CREDITS,
];

describe('what each verb does, in order', () => {
  test.each(PLANS)('%s', (_what, verb, state, input, expected) => {
    const planned = plan(verb, state, input, askedBy(NOW));

    expect({ ...planned, emails: planned.emails.map(({ kind }) => kind) }).toMatchObject(expected);
    expect(planned.writes).toHaveLength(expected.writes.length);
    expect(planned.money).toHaveLength(expected.money.length);
  });

  test('every verb is proved here, and names entries and emails that there are', () => {
    const proved = new Set(PLANS.map(([, verb]) => verb));

    expect([...VERB_NAMES, ...SYSTEM_VERB_NAMES].filter((verb) => !proved.has(verb))).toEqual([]);
    for (const [, verb, state, input] of PLANS) {
      const { entry, emails, data } = plan(verb, state, input, askedBy(NOW));
      expect(ENTRY_TYPES).toContain(entry);
      emails.forEach(({ kind }) => expect(EMAIL_KINDS).toContain(kind));
      expect(JSON.stringify([data, emails])).not.toMatch(/"(name|email|reason|feedback|card|last4|address)\w*":/i);
    }
  });

  test('each verb goes by its own name', () => {
    for (const [name, verb] of Object.entries(VERBS)) expect(verb.name).toBe(name);
  });
});

describe('the state after it', () => {
  const next = (verb: PlannedName, state: PurchaseState, input: object, actor = ADMIN) =>
    plan(verb, state, input, askedBy(NOW, actor)).next;

  test('a pause keeps everything else', () => {
    expect(next('pause', active, { resumeAt: null, access: 'suspend' })).toEqual({
      ...active,
      version: 2,
      billing: { ...active.billing, pause: { since: NOW, access: 'suspend', resumeAt: null, by: ADMIN } },
    });
  });

  test('canceled while paused it stays paused with a date, and resuming keeps the date [R7.3]', () => {
    const cancelingWhilePaused = next('cancel', paused, { when: 'period_end', cancelAt: null });
    const resumed = next('resume', cancelingWhilePaused, {});

    expect(cancelingWhilePaused.billing).toMatchObject({ pause: { access: 'keep' }, cancellation: { at: FEB_28 } });
    expect(resumed.billing).toMatchObject({ pause: null, cancellation: { at: FEB_28 } });
  });

  test('canceled in trial it runs to the trial’s end [R8.5]', () => {
    const trial = aPurchase({ payments: [], refundWindow: null, billing: { phase: 'trialing', trialEndsAt: FEB_28 } });

    expect(next('cancel', trial, { when: 'period_end', cancelAt: null }).billing).toMatchObject({
      cancellation: { at: FEB_28 },
    });
  });

  test.each([
    [{ kind: 'customer', id: null }, 'voluntary'],
    [ADMIN, 'internal'],
    [{ kind: 'operator', id: 'o' }, 'internal'],
    [{ kind: 'api_key', id: 'k' }, 'api'],
    [{ kind: 'automation', id: null }, 'automation'],
  ] as const)('canceled by %j its cause is %s [R8.4]', (actor, cause) => {
    expect(next('cancel', active, { when: 'now', cancelAt: null }, actor).billing).toMatchObject({
      ended: { at: NOW, cause, by: actor, endsAccess: true },
    });
  });

  test('delinquent with autoRevoke off keeps access [R11.2]; money-back then ends it [R10.6]', () => {
    const settings = { ...DEFAULT_SETTINGS, autoRevoke: 'off' as const };
    const ended = plan('end-billing', overdue, { cause: 'delinquent' }, askedBy(NOW, SYSTEM, settings)).next;

    expect(ended.billing).toMatchObject({ overdue: [], ended: { cause: 'delinquent', endsAccess: false } });
    expect(next('money-back', ended, { override: false }).billing).toMatchObject({ ended: { endsAccess: true } });
  });

  test('revoked twice, only what was open is added; restored, only what is named is lifted', () => {
    const one = next('revoke', active, { productIds: ['course'] });
    const all = next('revoke', one, { productIds: null });

    expect(all.revoked.map(({ productId }) => productId)).toEqual(['course', 'community']);
    expect(next('restore', all, { productIds: ['course'] }).revoked.map(({ productId }) => productId)).toEqual([
      'community',
    ]);
  });

  test('a moved start of access is counted anew, with its days [R6]', () => {
    const grant = aGrant({ accessDays: 10 });

    expect(next('access-start', grant, { startsAt: FEB_28 })).toMatchObject({
      access: { startsAt: FEB_28, endsAt: addDays(FEB_28, 10) },
      reached: { accessStarted: false, accessExpired: false },
    });
    expect(next('access-start', grant, { startsAt: addDays(T0, -20) }).reached).toEqual({
      accessStarted: true,
      accessExpired: true,
    });
  });

  test('money-back uses the window', () => {
    expect(next('money-back', active, { override: false }).refundWindow).toMatchObject({ usedAt: NOW });
  });
});
