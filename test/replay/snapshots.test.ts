import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { purchaseRow } from '../../db/purchase/purchase-row.ts';
import { readRows } from '../../db/purchase/write-read-state.ts';
import { describePurchase } from '../../workflows/purchase/describe.ts';
import { accessStatus } from '../../workflows/domain/access.ts';
import { billingStatus } from '../../workflows/domain/billing.ts';
import { ATTENTION_REASONS } from '../../workflows/domain/pending.ts';
import { SNAPSHOT_VERSION, type PurchaseState } from '../../workflows/domain/purchase.ts';
import { liftSnapshot } from '../../workflows/domain/snapshot.ts';
import { VERB_NAMES } from '../../workflows/domain/verb.ts';
import { ask } from '../../workflows/verbs/ask.ts';
import { askedBy, at, taken } from '../builders/purchase.ts';
import { runPass } from '../../workflows/purchase/pass.ts';

const SNAPSHOTS = 'test/replay/snapshots';
const NOW = '2027-02-10T09:00:00.000Z';

const files = readdirSync(SNAPSHOTS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
const storedIn = (file: string) => JSON.parse(readFileSync(join(SNAPSHOTS, file), 'utf8')) as object;
const lifted = files.map((file) => liftSnapshot(storedIn(file)));

/** What all verbs together take. */
const INPUT = {
  productIds: null,
  when: 'now',
  cancelAt: null,
  resumeAt: null,
  access: 'keep',
  startsAt: NOW,
  paymentId: 'in_1',
  amountMinor: null,
  billing: 'keep',
  override: false,
  hasReason: false,
};

/** What each state is called, of the first version that was kept. */
const STANDINGS_0_1_0 = {
  'active-renewed': 'active full',
  'attention-later-step-refused': 'canceled none later_step_refused',
  'attention-refund-failed': 'active full refund_failed',
  'attention-refund-refused': 'canceled none refund_refused',
  'attention-stripe-unreachable': 'active full stripe_unreachable pause',
  'attention-system-step-refused': 'past_due full system_step_refused',
  'past-due': 'past_due full',
  'past-due-suspended': 'past_due none',
  'paused-suspended': 'paused none',
  'pending-pause': 'active full pause',
  duplicate: 'canceled none',
  granted: 'none full',
  trialing: 'trialing full',
};

function standing(state: PurchaseState): string {
  const said = [billingStatus(state.billing), accessStatus(state, '2027-06-10T09:00:00.000Z')];
  return [
    ...said,
    ...state.attentions.map(({ reason }) => reason),
    ...(state.pending ? [state.pending.command.name] : []),
  ].join(' ');
}

describe.each(files)('%s', (file) => {
  test('is lifted to the shape of today, and again changes nothing', () => {
    const state = liftSnapshot(storedIn(file));

    expect(state.snapshotVersion).toBe(SNAPSHOT_VERSION);
    expect(liftSnapshot(JSON.parse(JSON.stringify(state)) as object)).toEqual(state);
  });

  test('is read by everything that reads a purchase, and a pass goes on from it', () => {
    const state = liftSnapshot(storedIn(file));
    const waiting = { pending: state.pending, stuckReason: null, isReading: false, clock: null };

    const result = runPass(state, taken([]), at(NOW), null);
    const row = purchaseRow({ state, now: NOW, stuckReason: null });

    expect(describePurchase(state, NOW, waiting)).not.toMatch(/undefined|NaN|\[object/);
    expect(JSON.stringify(readRows([{ state, now: NOW, stuckReason: null, payments: state.payments }]))).not.toContain(
      'undefined',
    );
    expect(Object.entries(row).filter(([, value]) => value === undefined)).toEqual([]);
    expect(VERB_NAMES.map((verb) => ask(verb, state, INPUT, askedBy(NOW))?.code ?? 'allowed')).not.toContain(undefined);
    expect(result.state.snapshotVersion).toBe(SNAPSHOT_VERSION);
  });
});

test('means what it meant', () => {
  const standings = files.map((file) => [
    file.replace(/^0\.1\.0\/|\.json$/g, ''),
    standing(liftSnapshot(storedIn(file))),
  ]);

  expect(Object.fromEntries(standings)).toMatchObject(STANDINGS_0_1_0);
});

test('there is one of every reason for attention that 0.1.0 knew', () => {
  const reasons = new Set(lifted.flatMap(({ attentions }) => attentions.map(({ reason }) => reason)));

  expect([...reasons].toSorted()).toEqual(ATTENTION_REASONS.filter((reason) => reasons.has(reason)).toSorted());
  expect(reasons.size).toBe(5);
});

test('one of a version that is newer than this program is refused', () => {
  expect(() => liftSnapshot({ snapshotVersion: SNAPSHOT_VERSION + 1 })).toThrow('cannot be read');
});
