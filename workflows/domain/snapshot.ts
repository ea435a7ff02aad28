import type { SubscriptionBilling } from './billing.ts';
import type { Overdue } from './overdue.ts';
import type { Attention, PendingCommand, RefusedWrite } from './pending.ts';
import { currencyOf } from './price.ts';
import { SNAPSHOT_VERSION, type PurchaseState } from './purchase.ts';
import { isSame } from './same.ts';

/** A snapshot as some version wrote it; those of 0.1.0 carry no version and are version 1. */
type Stored = { snapshotVersion?: number };

/** Each lifts the version that is its key to the next one. Landed ones are never changed. */
const LIFTS: Record<number, (stored: never) => object> = { 1: severalOfEach, 2: startedNotBorn };

/**
 * Reads a snapshot of any version; the newest one is returned as it is. @throws Error for one that
 * is newer than this program
 */
export function liftSnapshot(stored: Stored): PurchaseState {
  let lifted = stored;
  for (let version = versionOf(stored); version !== SNAPSHOT_VERSION; version += 1) {
    const lift = LIFTS[version];
    if (!lift) throw new Error(`A snapshot of version ${version} cannot be read; ${SNAPSHOT_VERSION} is the newest.`);
    lifted = { ...lift(lifted as never), snapshotVersion: version + 1 };
  }
  return lifted as PurchaseState;
}

const versionOf = ({ snapshotVersion }: Stored): number => snapshotVersion ?? 1;

type OverdueV1 = Omit<Overdue, 'currency' | 'needsConfirmation' | 'declineCode'>;
type PendingV1 = Omit<PendingCommand, 'firstIndex' | 'refused'> & { refused: Omit<RefusedWrite, 'index'>[] };
type BillingV1 = { kind: 'none' } | (Omit<SubscriptionBilling, 'overdue'> & { overdue: OverdueV1 | null });
type StateV1 = Omit<PurchaseState, 'billing' | 'pending' | 'attentions' | 'snapshotVersion' | 'startedAt'> & {
  billing: BillingV1;
  pending: PendingV1 | null;
  attention: { reason: Attention['reason']; since: string; command: PendingV1 } | null;
};

/** 0.1.0 knew one open invoice and one thing that needs attention. */
function severalOfEach({ attention, ...state }: StateV1) {
  const { price } = state.terms;
  const { billing, pending } = state;
  return {
    ...state,
    billing: liftBilling(billing, currencyOf(price)),
    pending: pending && liftPending(pending),
    attentions: attention ? liftAttention(attention) : [],
  };
}

/** Versions 1 and 2 called the start `bornAt`. */
function startedNotBorn({ bornAt, ...state }: { bornAt: string | null }) {
  return { ...state, startedAt: bornAt };
}

function liftBilling(billing: BillingV1, currency: string | null) {
  switch (billing.kind) {
    case 'none':
      return billing;
    case 'subscription': {
      const { overdue } = billing;
      // Nothing was ever due where the price names no currency.
      return { ...billing, overdue: overdue && currency !== null ? [liftOverdue(overdue, currency)] : [] };
    }
  }
}

const liftOverdue = (overdue: OverdueV1, currency: string): Overdue => ({
  ...overdue,
  currency,
  declineCode: null,
  needsConfirmation: !overdue.hasFailed,
});

const liftPending = (pending: PendingV1): PendingCommand => ({
  ...pending,
  firstIndex: 0,
  refused: pending.refused.map((one) => ({
    ...one,
    index: pending.writes.findIndex((write) => isSame(write, one.write)),
  })),
});

/** One for each write, with the index that it had, which is part of its key at Stripe. */
function liftAttention({ reason, since, command }: NonNullable<StateV1['attention']>): Attention[] {
  const lifted = liftPending(command);
  const { commandId } = lifted.command;
  if (reason === 'stripe_unreachable') return [{ id: commandId, reason, since, command: lifted }];
  // The system's own write that was refused is made anew as a whole.
  if (!lifted.isAnswered) return [{ id: `${commandId}:0`, reason, since, command: lifted }];
  return lifted.writes.map((write, index) => ({
    id: `${commandId}:${index}`,
    reason,
    since,
    command: { ...lifted, writes: [write], firstIndex: index },
  }));
}
