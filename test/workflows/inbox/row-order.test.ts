import { expect, test } from '@jest/globals';
import { comesBefore } from '../../../workflows/inbox/row-order.ts';
import { aCommand, anInvoice, commandRow, factRow, T0 } from '../../builders/purchase.ts';

const due = (kind: 'credit-expiry' | 'credit-issue' | 'resume', at = T0) => ({ kind, at, owner: 'perennial' }) as const;
const fact = factRow(anInvoice(), T0, 1);
const command = commandRow(aCommand('pause', {}, { askedAt: T0 }), 2);

test('at one instant come facts, then expiries and issues of credits, then commands, then other deadlines', () => {
  for (const kind of ['credit-expiry', 'credit-issue'] as const) {
    expect(comesBefore(due(kind), fact)).toBe(false);
    expect(comesBefore(due(kind), command)).toBe(true);
  }
  expect(comesBefore(due('resume'), fact)).toBe(false);
  expect(comesBefore(due('resume'), command)).toBe(false);
});

test('what is due earlier comes first, whatever it is', () => {
  expect(comesBefore(due('resume', '2027-01-31T08:59:59.999Z'), fact)).toBe(true);
  expect(comesBefore(due('credit-issue', '2027-01-31T09:00:00.001Z'), command)).toBe(false);
});
