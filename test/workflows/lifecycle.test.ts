import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { productAccess } from '../../workflows/domain/access.ts';
import { billingStatus } from '../../workflows/domain/billing.ts';
import type { StripeObject } from '../../workflows/domain/facts.ts';
import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import { ENTRY_TYPES, type EntryType } from '../../workflows/domain/outcome.ts';
import { refundableMinor } from '../../workflows/domain/payments.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { DEFAULT_SETTINGS } from '../../workflows/domain/settings.ts';
import type { InboxRow } from '../../workflows/inbox/inbox.ts';
import { applyAnswer } from '../../workflows/purchase/write-answer.ts';
import { ask } from '../../workflows/verbs/ask.ts';
import { facets, preview } from '../../workflows/verbs/preview.ts';
import { aCheckout, aCommand, askedBy, aRefund, commandRow, factRow, GOLD, T0 } from '../builders/purchase.ts';
import { pass } from './a-pass.ts';
import { aLife, aVerb, type Heard } from './a-life.ts';

/** Long after the last word of any of these lives. */
const END = '2028-01-31T09:00:00.000Z';

/** Refunds are made of what a story has paid; one of another life would be too much. */
const isNoRefund = ({ object }: Heard): boolean => object.type !== 'refund';

const rowsOf = (heard: Heard[]): InboxRow[] => heard.map((one, n) => factRow(one.object, one.at, n + 1));

/** Takes the rows one pass each; where Stripe's word is needed, the final object is read. */
function hear(state: PurchaseState, rows: InboxRow[], final: StripeObject[]): PurchaseState {
  return rows.reduce((known, row) => {
    const result = pass(known, [row], T0);
    if (!result.needsRead) return result.state;
    const covers = row.fact?.object.type === 'subscription' ? [row.rowId] : [];
    const reading = { objects: final, at: END, covers };
    return pass(result.state, [row], T0, reading).state;
  }, state);
}

/** What does not depend on when we heard of it. */
const settled = ({ billing, payments, refundWindow, terms }: PurchaseState) => ({
  offerId: terms.offerId,
  payments: payments.map((payment) => ({ ...payment, refunds: payment.refunds.toSorted(byId) })),
  refundWindow,
  billing: billing.kind === 'subscription' ? withoutWhen(billing) : null,
});

const byId = (a: { refundId: string }, b: { refundId: string }): number => (a.refundId < b.refundId ? -1 : 1);

const withoutWhen = ({
  pause,
  closedInvoiceIds,
  ...billing
}: Extract<PurchaseState['billing'], { kind: 'subscription' }>) => ({
  ...billing,
  overdue: billing.ended ? [] : billing.overdue,
  pause: billing.ended ? null : pause && { resumeAt: pause.resumeAt },
  closedInvoiceIds: [...closedInvoiceIds].sort(),
});

/** What Stripe says in the end: each invoice, then the subscription with the offer of its price. */
function finalOf(heard: Heard[]): StripeObject[] {
  const invoices = new Map<string, StripeObject>();
  for (const { object } of heard) if (object.type === 'invoice') invoices.set(object.invoiceId, object);
  const last = heard.flatMap(({ object }) => (object.type === 'subscription' ? [object] : [])).at(-1)!;
  return [...invoices.values(), { ...last, soldAs: last.namedOfferId === GOLD.offerId ? GOLD : null }];
}

test('a life told in any order, with repeats, comes to the same as told in order [R22.1]', () => {
  const told = aLife.chain((life) => {
    const later = life.slice(1);
    const repeats = fc.subarray(later);
    return repeats.chain((again) =>
      fc
        .shuffledSubarray([...later, ...again], { minLength: later.length + again.length })
        .map((mixed) => ({ life, mixed })),
    );
  });
  fc.assert(
    fc.property(told, ({ life, mixed }) => {
      const inOrder = hear(aCheckout(), rowsOf(life), finalOf(life));
      const shuffled = hear(aCheckout(), rowsOf([life[0]!, ...mixed]), finalOf(life));

      expect(settled(shuffled)).toEqual(settled(inOrder));
    }),
    { numRuns: 200 },
  );
});

test('one pass over many rows comes to the same as a pass for each', () => {
  fc.assert(
    fc.property(aLife, (life) => {
      const rows = rowsOf(life);
      const atOnce = pass(aCheckout(), rows, rows.at(-1)!.at);
      fc.pre(!atOnce.needsRead);
      const each = rows.reduce(
        ({ state, entries }, row) => {
          const result = pass(state, [row], row.at);
          return { state: result.state, entries: [...entries, ...result.entries] };
        },
        { state: aCheckout(), entries: [] as typeof atOnce.entries },
      );

      expect(each.state).toEqual(atOnce.state);
      expect(each.entries).toEqual(atOnce.entries);
    }),
    { numRuns: 200 },
  );
});

type Deed = { verb: { name: Parameters<typeof aCommand>[0]; input: object } } | { heard: Heard };
type Lived = { state: PurchaseState; types: EntryType[] };

/** Does one thing, with Stripe granting every write. */
function live({ state, types }: Lived, deed: Deed, now: Instant, n: number): Lived {
  const row =
    'verb' in deed ? verbRow(deed.verb, now, n) : { ...factRow(deed.heard.object, now, n), rowId: `fact-${n}` };
  const result = pass(state, [row], now);
  const all = [...types, ...result.entries.map(({ type }) => type)];
  return carryOut({ state: result.state, types: all }, now);
}

const verbRow = ({ name, input }: { name: Parameters<typeof aCommand>[0]; input: object }, now: Instant, n: number) =>
  commandRow(aCommand(name, input, { commandId: `command-${n}`, askedAt: now }), n);

function carryOut(lived: Lived, now: Instant): Lived {
  const { pending } = lived.state;
  if (!pending) return lived;
  const write = pending.writes[pending.answered];
  const { commandId } = pending.command;
  const refundId = `re_${commandId}_${pending.answered}`;
  const objects = write?.op === 'refund' ? [aRefund({ ...write, refundId, commandId, createdAt: now })] : [];
  const result = applyAnswer(lived.state, { kind: 'done', objects }, now, DEFAULT_SETTINGS);
  return carryOut({ state: result.state, types: [...lived.types, ...result.entries.map(({ type }) => type)] }, now);
}

const aDeed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: aVerb.map((verb) => ({ verb })) },
  {
    weight: 2,
    arbitrary: aLife.chain((life) => fc.constantFrom(...life.filter(isNoRefund))).map((heard) => ({ heard })),
  },
);

/** Things that happen some hours or days apart, in no sensible order. */
const deeds = fc.array(fc.tuple(aDeed, fc.integer({ min: 1, max: 400 })), { maxLength: 25 });

function story(
  given: [Deed, number][],
  look: (before: PurchaseState, after: PurchaseState, now: Instant) => void,
): Lived {
  let now = T0;
  let lived = hearBirth();
  given.forEach(([deed, hours], n) => {
    const before = lived.state;
    now = new Date(Date.parse(now) + hours * 3_600_000).toISOString();
    lived = live(lived, deed, now, n + 1);
    look(before, lived.state, now);
  });
  return lived;
}

const BIRTH = fc.sample(aLife, { seed: 1, numRuns: 1 })[0]![0]!;
const hearBirth = (): Lived => ({ state: hear(aCheckout(), rowsOf([BIRTH]), []), types: [] });

describe('whatever is asked and heard, in whatever order', () => {
  test('versions only grow, nothing is refunded twice, an end is final, and blocks agree with the billing', () => {
    fc.assert(
      fc.property(deeds, (given) => {
        const { types } = story(given, (before, after, now) => {
          expect(after.version).toBeGreaterThanOrEqual(before.version);
          after.payments.forEach((payment) => expect(refundableMinor(payment)).toBeGreaterThanOrEqual(0));
          if (billingStatus(before.billing) === 'canceled') expect(billingStatus(after.billing)).toBe('canceled');
          if (after.billing.kind === 'subscription' && after.billing.ended?.endsAccess) {
            expect(productAccess(after, now).every(({ open }) => !open)).toBe(true);
          }
        });

        types.forEach((type) => expect(ENTRY_TYPES).toContain(type));
        expect(types.filter((type) => type === 'purchase.canceled').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  test('what the preview said is what happens [R6.5]', () => {
    fc.assert(
      fc.property(deeds, aVerb, (given, { name, input }) => {
        let asked = T0;
        const { state } = story(given, (_before, _after, now) => (asked = now));
        const context = askedBy(asked);
        fc.pre(ask(name, state, input, context) === null);
        const { planHash, after, version } = preview(name, state, input, context);

        const command = aCommand(name, input, { askedAt: asked, planHash, expectedVersion: version });
        const result = pass(state, [commandRow(command)], asked);
        const done = carryOut({ state: result.state, types: [] }, asked).state;

        expect(result.ends.map(({ refusal }) => refusal)).not.toContainEqual(expect.anything());
        expect(facets(done, asked)).toEqual(after);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a preview’s hash', () => {
  const { state } = hearBirth();
  const hash = (name: Parameters<typeof preview>[0], input: object, now: Instant, of = state) =>
    preview(name, of, input, askedBy(now)).planHash;

  test('stays the same while only time passes, for every verb that is legal', () => {
    fc.assert(
      fc.property(aVerb, fc.integer({ min: 1, max: 86_400 }), ({ name, input }, seconds) => {
        fc.pre(ask(name, state, input, askedBy(T0)) === null);
        const later = new Date(Date.parse(T0) + seconds * 1000).toISOString();

        expect(hash(name, input, later)).toBe(hash(name, input, T0));
      }),
    );
  });

  test('becomes another when the plan does', () => {
    const input = { when: 'now', cancelAt: null };
    const revoked = live(
      { state, types: [] },
      { verb: { name: 'revoke', input: { productIds: null } } },
      addDays(T0, 1),
      1,
    );

    expect(hash('cancel', input, T0, revoked.state)).not.toBe(hash('cancel', input, T0));
    expect(hash('cancel', { when: 'period_end', cancelAt: null }, T0)).not.toBe(hash('cancel', input, T0));
  });
});
