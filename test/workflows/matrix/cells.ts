import {
  BILLING_STATUSES,
  billingStatus,
  isLive,
  type BillingStatus,
  type SubscriptionBilling,
} from '../../../workflows/domain/billing.ts';
import { endedBilling, pendingChangeOf } from '../../../workflows/domain/billing-parts.ts';
import { completed } from '../../../workflows/domain/complete-plan.ts';
import { addDays } from '../../../workflows/domain/instant.ts';
import { isOpenEnded, type Price } from '../../../workflows/domain/price.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { openWindow } from '../../../workflows/domain/refund-window.ts';
import { SYSTEM } from '../../../workflows/domain/verb.ts';
import { withBilling, withLiveBilling } from '../../../workflows/verbs/subscription-of.ts';
import { aCredit, RULE, someCredits } from '../../builders/calls.ts';
import { aPlan } from '../../builders/plan.ts';
import {
  aCancellation,
  aFree,
  after,
  aGrant,
  anEnd,
  aOneTime,
  anOverdue,
  aPause,
  aPayment,
  aPendingChange,
  aPurchase,
  FEB_28,
  T0,
} from '../../builders/purchase.ts';

type Kind = Price['kind'] | 'grant';
type Change = (state: PurchaseState) => PurchaseState;

/** A purchase of each kind as it begins: a kind of price that has none here does not compile. */
const KINDS: Record<Kind, () => PurchaseState> = {
  free: aFree,
  one_time: aOneTime,
  subscription: aPurchase,
  payment_plan: () => withCredits(aPlan({ paid: 1, payments: [aPayment()], refundWindow: openWindow(T0, 30) })),
  grant: () => withCredits(aGrant()),
};

/** Its offer gives credits, and one is open. */
const withCredits: Change = (state) => ({
  ...state,
  terms: { ...state.terms, credits: RULE },
  credits: someCredits([aCredit()]),
});

const asItBegins: Change = (state) => state;

/** What brings a purchase into each status; a kind that is in another one then never has it. */
const STATUSES: Record<BillingStatus, Change> = {
  trialing: (state) =>
    'trialDays' in state.terms.price ? { ...withBilling(state, () => TRIAL), payments: [], refundWindow: null } : state,
  active: asItBegins,
  past_due: (state) => withBilling(state, () => ({ overdue: [anOverdue({ since: after(60) })] })),
  paused: (state) => withBilling(state, () => ({ pause: aPause() })),
  canceled: (state) => ({
    ...state,
    billing: endedBilling(state.billing, anEnd({ by: SYSTEM })),
    credits: state.credits && { ...state.credits, open: [] },
  }),
  completed: (state) => withBilling(state, (billing) => completed(fullyPaid(billing), T0)),
  paid: asItBegins,
  none: asItBegins,
};

const TRIAL = { phase: 'trialing' as const, trialEndsAt: FEB_28 };

const fullyPaid = ({ instalments, ...billing }: SubscriptionBilling): SubscriptionBilling => ({
  ...billing,
  instalments: instalments && { ...instalments, paidInvoiceIds: Array<string>(instalments.total).fill('in_1') },
});

const revoked = (productIds: string[]) => productIds.map((productId) => ({ productId, since: T0, by: SYSTEM }));

const PENDINGS = {
  nothing: (state: PurchaseState) => (isCanceling(state) ? null : state),
  cancellation(state: PurchaseState) {
    const canceling = withLiveBilling(state, () => ({ cancellation: aCancellation() }));
    return isCanceling(canceling) ? canceling : null;
  },
  'change of offer'(state: PurchaseState) {
    if (!isOpenEnded(state.terms.price) || isCanceling(state)) return null;
    const changing = withLiveBilling(state, () => ({ pendingChange: aPendingChange() }));
    return pendingChangeOf(changing.billing) ? changing : null;
  },
};

const isCanceling = ({ billing }: PurchaseState): boolean => isLive(billing) && billing.cancellation !== null;

const ACCESSES = {
  open: asItBegins,
  'for some days': ({ access, ...state }: PurchaseState) => ({
    ...state,
    access: access && { ...access, endsAt: addDays(T0, 90) },
  }),
  'in part': (state: PurchaseState) => ({ ...state, revoked: revoked(state.terms.productIds.slice(0, 1)) }),
  revoked: (state: PurchaseState) => ({ ...state, revoked: revoked(state.terms.productIds) }),
};

type Payment = PurchaseState['payments'][number];
const ofPayments = (change: (payment: Payment) => Payment) => (state: PurchaseState) =>
  state.payments.length > 0 ? { ...state, payments: state.payments.map(change) } : null;

const MONEY = {
  none: (state: PurchaseState) => (state.payments.length === 0 ? state : null),
  left: ofPayments((payment) => payment),
  refunded: ofPayments((payment) => ({ ...payment, refunds: [inFull(payment)] })),
  disputed: ofPayments((payment) => ({ ...payment, disputedAt: T0 })),
};

const inFull = ({ amountMinor }: Payment) => ({
  refundId: 're_0',
  amountMinor,
  status: 'succeeded' as const,
  createdAt: T0,
  commandId: null,
});

/** Where a purchase stands, by what decides which verbs are legal. */
export type Cell = {
  kind: Kind;
  status: BillingStatus;
  pending: keyof typeof PENDINGS;
  access: keyof typeof ACCESSES;
  money: keyof typeof MONEY;
  state: PurchaseState;
};

const namesOf = <Table extends object>(table: Table) => Object.keys(table) as (keyof Table)[];

/** Every combination that there is. */
export const CELLS: readonly Cell[] = namesOf(KINDS).flatMap((kind) =>
  BILLING_STATUSES.flatMap((status) => {
    const begun = STATUSES[status](KINDS[kind]());
    if (billingStatus(begun.billing) !== status) return [];
    return namesOf(PENDINGS).flatMap((pending) =>
      namesOf(MONEY).flatMap((money) => {
        const paid = MONEY[money](begun);
        const state = paid && PENDINGS[pending](paid);
        if (!state) return [];
        return namesOf(ACCESSES).map((access) => ({
          kind,
          status,
          pending,
          money,
          access,
          state: ACCESSES[access](state),
        }));
      }),
    );
  }),
);

export const titleOf = ({ kind, status, pending, money, access }: Cell): string =>
  [kind, status, ...(pending === 'nothing' ? [] : [`${pending} pending`]), `money ${money}`, `access ${access}`].join(
    ', ',
  );
