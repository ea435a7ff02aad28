import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../../workflows/domain/settings.ts';
import { SYSTEM } from '../../../workflows/domain/verb.ts';
import { plan } from '../../../workflows/verbs/plan.ts';
import { ADMIN, after, aPurchase, askedBy } from '../../builders/purchase.ts';

const NOW = after(7200);
const refund = { paymentId: 'in_1', amountMinor: 1000, billing: 'keep', access: 'keep' };

test('an email that account or offer has switched off is not planned [R13.4]', () => {
  const settings = { ...DEFAULT_SETTINGS, emailsOff: ['refund-receipt'] };
  const quiet = aPurchase({ terms: { emailsOff: ['admin-refund'] } });

  expect(plan('refund', quiet, refund, askedBy(NOW, ADMIN, settings)).emails).toEqual([]);
});

test('what is sent back of a trial, nothing of it paid, is said in the currency of its offer', () => {
  const trial = aPurchase({ duplicateOf: 'purchase-0', payments: [], billing: { phase: 'trialing' } });

  expect(plan('return-duplicate', trial, {}, askedBy(NOW, SYSTEM)).data).toEqual({ amountMinor: 0, currency: 'usd' });
});
