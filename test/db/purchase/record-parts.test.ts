import { describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { scopeTo } from '../../../db/account-scope.ts';
import { readCreditEntries } from '../../../db/credits/credit-entries.ts';
import { listCredits, type CreditFilter } from '../../../db/credits/credits.ts';
import type { PurchaseRecord } from '../../../db/purchase/purchase-record.ts';
import { recordPurchase } from '../../../db/purchase/record-purchase.ts';
import { query, run, sql } from '../../../db/sql.ts';
import type { CreditEntryKind, CreditLine } from '../../../workflows/domain/credits/ledger.ts';
import type { EntryType } from '../../../workflows/domain/outcome.ts';
import { SYSTEM } from '../../../workflows/domain/verb.ts';
import { aPurchase } from '../../builders/purchase.ts';
import { aContact, anAccount, anIncompletePurchase, anOffer, T0 } from '../../builders/rows.ts';
import { orm, useOrm } from '../../ground/orm.ts';

const LATER = '2027-02-01T09:00:00.000Z';
const EXPIRY = '2028-01-31T09:00:00.000Z';

useOrm();

/** A purchase, and what its next records write. */
async function given() {
  const em = orm.em.fork();
  const { accountId } = await anAccount(em);
  const { offerId } = await anOffer(em, accountId);
  const contactId = await aContact(em, accountId);
  const { purchaseId, terms } = await anIncompletePurchase(em, { contactId, offerId });
  const billing = { subscriptionId: `sub_${purchaseId}` };
  const state = aPurchase({ accountId, purchaseId, contactId, terms, billing, payments: [] });
  let revision = 0;
  return async (wish: Pick<Partial<PurchaseRecord>, 'ledger' | 'entries' | 'epoch'>) => {
    const nothing = { emails: [], ends: [], followUps: [], payments: [], stuckReason: null };
    const at = { epoch: 0, revision: revision + 1, state, now: T0 };
    const recorded = await recordPurchase(orm.em.fork(), { ...nothing, entries: [], ...at, ...wish });
    if (recorded.kind === 'recorded') revision += 1;
    return recorded.kind === 'refused_by_data' ? recorded.reason : { kind: recorded.kind, purchaseId, accountId };
  };
}

describe('the ledger of credits [R19.4]', () => {
  const line = (credit: number, kind: CreditEntryKind, at: string, more: Partial<CreditLine> = {}): CreditLine => ({
    credit,
    kind,
    at,
    expiresAt: kind === 'issued' ? EXPIRY : null,
    callId: null,
    commandId: null,
    ...more,
  });

  test('is written with the record in its order, by whose command and for which call, and by a superseded one not at all', async () => {
    const record = await given();
    const [callId, commandId] = [uuid(), uuid()];

    const issued = await record({ ledger: [line(1, 'issued', T0), line(2, 'issued', T0, { commandId })] });
    const held = await record({ ledger: [line(1, 'redeemed', LATER, { callId, commandId })] });
    const old = await record({ epoch: 7, ledger: [line(2, 'forfeited', LATER)] });
    await record({ ledger: [line(1, 'spent', LATER, { callId }), line(2, 'expired', EXPIRY)] });

    expect([issued, held, old]).toMatchObject([{ kind: 'recorded' }, { kind: 'recorded' }, { kind: 'superseded' }]);
    const { purchaseId } = issued as { purchaseId: string };
    const entries = await readCreditEntries(orm.em.fork(), purchaseId);
    expect(entries.map(({ revision, position, credit, kind, at }) => [revision, position, credit, kind, at])).toEqual([
      [1, 0, 1, 'issued', T0],
      [1, 1, 2, 'issued', T0],
      [2, 0, 1, 'redeemed', LATER],
      [3, 0, 1, 'spent', LATER],
      [3, 1, 2, 'expired', EXPIRY],
    ]);
    expect(entries.map((entry) => [entry.expiresAt, entry.callId, entry.commandId])).toEqual([
      [EXPIRY, null, null],
      [EXPIRY, null, commandId],
      [null, callId, commandId],
      [null, callId, null],
      [null, null, null],
    ]);
  });

  test('takes one issue and one end of each credit, and the record that has a second is refused as a whole', async () => {
    const record = await given();
    await record({ ledger: [line(1, 'issued', T0), line(1, 'expired', EXPIRY), line(2, 'issued', T0)] });

    expect(await record({ ledger: [line(1, 'issued', LATER)] })).toMatch(/^(credit_entries_issued_once|credits_pkey)$/);
    expect(await record({ ledger: [line(2, 'redeemed', LATER), line(1, 'forfeited', LATER)] })).toBe(
      'credit_entries_ended_once',
    );

    const { purchaseId } = (await record({ ledger: [line(2, 'spent', LATER)] })) as { purchaseId: string };
    const kinds = (await readCreditEntries(orm.em.fork(), purchaseId)).map(({ kind }) => kind);
    expect(kinds).toEqual(['issued', 'expired', 'issued', 'spent']);
  });

  test('keeps a row of each credit, found by its state and expiry as of an instant', async () => {
    const record = await given();
    const [SOON, LONGER] = ['2027-03-01T09:00:00.000Z', '2028-03-01T09:00:00.000Z'];
    const [callId, other] = [uuid(), uuid()];
    await record({
      ledger: [
        line(1, 'issued', T0),
        line(2, 'issued', T0, { expiresAt: SOON }),
        line(3, 'issued', T0),
        line(4, 'issued', T0, { expiresAt: LATER }),
        line(4, 'expired', LATER),
      ],
    });
    await record({ ledger: [line(1, 'redeemed', T0, { callId }), line(3, 'redeemed', T0, { callId: other })] });
    const told = await record({ ledger: [line(1, 'returned', T0, { callId, expiresAt: LONGER })] });

    const { purchaseId, accountId } = told as { purchaseId: string; accountId: string };
    const list = async (filter: CreditFilter, now: string, limit = 10) => {
      const { rows } = await listCredits(scopeTo(orm.em.fork(), accountId), filter, now, { limit, after: null });
      return rows.map(({ id, state, expiresAt }) => [id.replace(`${purchaseId}:`, ''), state, expiresAt]);
    };
    expect(await list({}, T0)).toEqual([
      ['4', 'expired', LATER],
      ['2', 'available', SOON],
      ['3', 'held', EXPIRY],
      ['1', 'available', LONGER],
    ]);
    expect(await list({ state: 'available' }, SOON)).toEqual([['1', 'available', LONGER]]);
    expect(await list({ state: 'expired', purchaseId }, SOON)).toEqual([
      ['4', 'expired', LATER],
      ['2', 'expired', SOON],
    ]);
    expect(await list({ expiresFrom: SOON, expiresBefore: LONGER }, T0)).toEqual([
      ['2', 'available', SOON],
      ['3', 'held', EXPIRY],
    ]);
    expect(await list({ contactId: uuid() }, T0)).toEqual([]);
  });

  test('is only added to: Postgres refuses a change and a deletion', async () => {
    const record = await given();
    const { purchaseId } = (await record({ ledger: [line(1, 'issued', T0)] })) as { purchaseId: string };
    const kept = 'the ledger of credits is only added to';

    const changed = run(orm.em.fork(), sql`update credit_entries set at = ${LATER} where purchase_id = ${purchaseId}`);
    await expect(changed).rejects.toThrow(kept);
    const deleted = run(orm.em.fork(), sql`delete from credit_entries where purchase_id = ${purchaseId}`);
    await expect(deleted).rejects.toThrow(kept);

    expect(await readCreditEntries(orm.em.fork(), purchaseId)).toHaveLength(1);
  });
});

describe('cancellation requests [R9.5]', () => {
  const entry = (type: EntryType, requestId: string, at: string, commandId = uuid()) => {
    const data = { requestId, refundWanted: true };
    return { type, at, actor: SYSTEM, commandId, data };
  };
  const [ASKED, WITHDRAWN] = ['purchase.cancellation-requested', 'purchase.cancellation-request-withdrawn'] as const;
  const rowsOf = (ids: string[]) =>
    query<object>(
      orm.em.fork(),
      sql`select state, refund_wanted as "refundWanted", decided_at is not null as "isDecided", decided_by as by
          from cancellation_requests where id = any(${ids}) order by asked_at`,
    );

  test('one that is made and withdrawn in one record is withdrawn', async () => {
    const record = await given();
    const [id, by] = [uuid(), uuid()];

    await record({ entries: [entry(ASKED, id, T0), entry(WITHDRAWN, id, LATER, by)] });

    expect(await rowsOf([id])).toEqual([{ state: 'withdrawn', refundWanted: true, isDecided: true, by }]);
  });

  test('one record may withdraw a request and make another, which is open', async () => {
    const record = await given();
    const [first, second, by] = [uuid(), uuid(), uuid()];
    await record({ entries: [entry(ASKED, first, T0)] });

    const told = await record({ entries: [entry(WITHDRAWN, first, LATER, by), entry(ASKED, second, LATER)] });

    expect(told).toMatchObject({ kind: 'recorded' });
    expect(await rowsOf([first, second])).toEqual([
      { state: 'withdrawn', refundWanted: true, isDecided: true, by },
      { state: 'open', refundWanted: true, isDecided: false, by: null },
    ]);
    expect(await record({ entries: [entry(ASKED, uuid(), LATER)] })).toBe('cancellation_requests_open');
  });
});
