import { addDays } from '../../../workflows/domain/instant.ts';
import { aCallingPurchase, aCredit, someCredits } from '../../builders/calls.ts';
import { ADMIN, after, T0 } from '../../builders/purchase.ts';
import type { PlanRow } from './offer-change-plans.ts';

const nothing = { writes: [], money: [] };
const UNTIL = addDays(T0, 20);
const revoked = ['course', 'community'].map((productId) => ({ productId, since: T0, by: ADMIN }));

/** What credits by hand do [R27.10]. */
export const PLANS_OF_CREDITS: PlanRow[] = [
  [
    'issue-credit tells the customer, and they are valid as long as the offer’s',
    'issue-credit',
    aCallingPurchase(),
    { count: 2, expiresAt: null, hasReason: true },
    {
      ...nothing,
      emails: ['credit-issued'],
      entry: 'credits.issued',
      data: { count: 2, expiresAt: '2028-01-31T11:00:00.000Z' },
      ledger: [2, 3].map((credit) => ({ credit, kind: 'issued', at: after(7200), callId: null })),
      next: { credits: { issued: 3, year: { issued: 1, gone: -2 } } },
    },
  ],
  [
    'issue-credit before the first payment, until a date',
    'issue-credit',
    aCallingPurchase({ credits: undefined }),
    { count: 1, expiresAt: UNTIL, hasReason: true },
    {
      ...nothing,
      emails: ['credit-issued'],
      entry: 'credits.issued',
      ledger: [{ credit: 1, kind: 'issued', expiresAt: UNTIL }],
    },
  ],
  [
    'issue-credit tells nobody who has no access',
    'issue-credit',
    aCallingPurchase({ revoked }),
    { count: 1, expiresAt: null, hasReason: true },
    { ...nothing, emails: [], entry: 'credits.issued' },
  ],
  [
    'forfeit-credit ends those that it names',
    'forfeit-credit',
    aCallingPurchase({ credits: someCredits([aCredit(), aCredit({ id: 2 }), aCredit({ id: 3 })]) }),
    { creditIds: ['purchase-1:1', 'purchase-1:3'], hasReason: true },
    {
      ...nothing,
      emails: ['credits-forfeited'],
      entry: 'credits.forfeited',
      data: { count: 2 },
      ledger: [1, 3].map((credit) => ({ credit, kind: 'forfeited', at: after(7200), callId: null })),
      next: { credits: { open: [{ id: 2 }], year: { gone: 2 } } },
    },
  ],
];
