import fc from 'fast-check';
import { BILLING_STATUSES, type BillingStatus } from '../../workflows/domain/billing.ts';
import type { FieldKind, FieldValue } from '../../workflows/domain/contact-field.ts';
import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import { MARKETING_STATUSES, type MarketingStatus } from '../../workflows/domain/marketing.ts';
import {
  ALL_FIELD_TESTS,
  FIELD_TESTS,
  isDefaultSegment,
  SEGMENT_MATCHES,
  SPENT_BOUNDS,
  type DefaultSegment,
  type FieldTest,
  type SegmentFilter,
  type SegmentRule,
} from '../../workflows/domain/segment.ts';
import type { AccessStatus } from '../../workflows/domain/standing.ts';

/** Whom segments are asked about, as plain data. */
export type Person = {
  status: MarketingStatus;
  isCustomer: boolean;
  isErased: boolean;
  tags: string[];
  fields: Partial<Record<string, FieldValue>>;
  purchases: Bought[];
  /** How many days ago; null = never. */
  activeAgo: number | null;
  payments: { amountMinor: number; refundedMinor: number; currency: string; isPaid: boolean }[];
};

export type Bought = {
  offer: number;
  isStarted: boolean;
  billingStatus: BillingStatus;
  accessStatus: AccessStatus;
  /** Of the product of the same number as the offer. */
  isOpen: boolean;
  startsIn: number;
  endsIn: number | null;
};

export const FIELD_KINDS_BY_KEY = { city: 'text', height: 'number', born: 'date', plays: 'yes_no' } as const;
const TEXTS = ['Vienna', 'vienna', 'New Vienna', '100%', 'a_b', 'Zürich'];
const DAYS = ['1990-02-28', '2000-02-29', '2010-01-01'];
const VALUES: Record<FieldKind, fc.Arbitrary<FieldValue>> = {
  text: fc.constantFrom(...TEXTS),
  number: fc.constantFrom(-3, 0, 1.5, 12.5, 1e6),
  date: fc.constantFrom(...DAYS),
  yes_no: fc.boolean(),
};
const PARTS = fc.constantFrom('VIEN', '%', '_', 'zü', 'nowhere');
const TAGS = ['vip', 'vienna', 'cold'];
const CURRENCIES = ['eur', 'usd'];
const ACCESS = ['full', 'partial', 'none'] as const;

const offer = fc.integer({ min: 0, max: 1 });
const bought: fc.Arbitrary<Bought> = fc.record({
  offer,
  isStarted: fc.boolean(),
  billingStatus: fc.constantFrom(...BILLING_STATUSES),
  accessStatus: fc.constantFrom(...ACCESS),
  isOpen: fc.boolean(),
  startsIn: fc.constantFrom(-5, 0, 5),
  endsIn: fc.constantFrom(null, -1, 0, 9),
});

export const person: fc.Arbitrary<Person> = fc.record({
  status: fc.constantFrom(...MARKETING_STATUSES),
  isCustomer: fc.boolean(),
  isErased: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  tags: fc.subarray(TAGS),
  fields: fc.record(
    { city: VALUES.text, height: VALUES.number, born: VALUES.date, plays: VALUES.yes_no },
    { requiredKeys: [] },
  ),
  purchases: fc.array(bought, { maxLength: 2 }),
  activeAgo: fc.constantFrom(null, 0, 3, 30, 31),
  payments: fc.array(
    fc.record({
      amountMinor: fc.constantFrom(1000, 2500),
      refundedMinor: fc.constantFrom(0, 500, 1000),
      currency: fc.constantFrom(...CURRENCIES),
      isPaid: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
});

/** Ids of what the account sells, and of its segments, by number. */
export type Sold = { offers: string[]; products: string[]; segments: string[] };

const fieldFilter = fc
  .constantFrom(...(Object.keys(FIELD_KINDS_BY_KEY) as (keyof typeof FIELD_KINDS_BY_KEY)[]))
  .chain((field) => {
    const kind = FIELD_KINDS_BY_KEY[field];
    return fc
      .constantFrom(...ALL_FIELD_TESTS.filter((one) => (FIELD_TESTS[kind] as readonly FieldTest[]).includes(one)))
      .chain((test) =>
        fc.record({
          kind: fc.constant('field' as const),
          field: fc.constant(field),
          test: fc.constant(test),
          value: test === 'filled' ? fc.constant(undefined) : test === 'contains' ? PARTS : VALUES[kind],
        }),
      );
  });

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** A filter of any kind that names nothing but this. */
const filterOf = ({ offers, products, segments }: Sold): fc.Arbitrary<SegmentFilter> =>
  fc
    .tuple(
      fc.boolean(),
      fc.oneof(
        fc.record({ kind: fc.constant('marketing_status' as const), status: fc.constantFrom(...MARKETING_STATUSES) }),
        fc.record({ kind: fc.constant('tag' as const), tag: fc.constantFrom(...TAGS) }),
        fieldFilter,
        fc.record({
          kind: fc.constant('purchase' as const),
          offerId: maybe(fc.constantFrom(...offers)),
          productId: maybe(fc.constantFrom(...products)),
          billingStatus: maybe(fc.constantFrom(...BILLING_STATUSES)),
          accessStatus: maybe(fc.constantFrom(...ACCESS)),
        }),
        fc.record({ kind: fc.constant('access' as const), productId: fc.constantFrom(...products) }),
        fc.record({ kind: fc.constant('active' as const), days: fc.constantFrom(1, 3, 30) }),
        fc.record({
          kind: fc.constant('spent' as const),
          bound: fc.constantFrom(...SPENT_BOUNDS),
          amountMinor: fc.constantFrom(0, 500, 1500, 2500),
          currency: fc.constantFrom(...CURRENCIES),
        }),
        fc.record({
          kind: fc.constant('segment' as const),
          segment: fc.constantFrom('customers', 'subscribed', ...segments),
        }),
      ),
    )
    .map(([isNot, asked]): SegmentFilter => ({ ...asked, isNot }));

export const ruleOf = (sold: Sold): fc.Arbitrary<SegmentRule> =>
  fc.record({
    match: fc.constantFrom(...SEGMENT_MATCHES),
    filters: fc.array(filterOf(sold), { minLength: 1, maxLength: 4 }),
  });

export type World = Sold & { now: Instant; rules: ReadonlyMap<string, SegmentRule> };

const DEFAULTS: Record<DefaultSegment, (of: Person) => boolean> = {
  all: () => true,
  customers: ({ isCustomer }) => isCustomer,
  subscribed: ({ status }) => status === 'subscribed',
};

/** Whether somebody is in a segment, worked out without Postgres. */
export function isIn(of: Person, segment: string, world: World): boolean {
  if (isDefaultSegment(segment)) return DEFAULTS[segment](of);
  const rule = world.rules.get(segment);
  return rule !== undefined && meets(of, rule, world);
}

export const meets = (of: Person, { match, filters }: SegmentRule, world: World): boolean =>
  match === 'all'
    ? filters.every((filter) => isMet(of, filter, world) !== Boolean(filter.isNot))
    : filters.some((filter) => isMet(of, filter, world) !== Boolean(filter.isNot));

function isMet(of: Person, filter: SegmentFilter, world: World): boolean {
  switch (filter.kind) {
    case 'marketing_status':
      return of.status === filter.status;
    case 'tag':
      return of.tags.includes(filter.tag);
    case 'field':
      return holds(of.fields[filter.field], filter.test, filter.value);
    case 'purchase':
      return of.purchases.some(
        (one) =>
          one.isStarted &&
          (filter.offerId ?? world.offers[one.offer]) === world.offers[one.offer] &&
          (filter.productId ?? world.products[one.offer]) === world.products[one.offer] &&
          (filter.billingStatus ?? one.billingStatus) === one.billingStatus &&
          (filter.accessStatus ?? one.accessStatus) === one.accessStatus,
      );
    case 'access':
      return of.purchases.some(
        (one) =>
          one.isOpen &&
          world.products[one.offer] === filter.productId &&
          one.startsIn <= 0 &&
          (one.endsIn === null || one.endsIn > 0),
      );
    case 'active':
      return of.activeAgo !== null && addDays(world.now, -of.activeAgo) >= addDays(world.now, -filter.days);
    case 'spent': {
      const paid = of.payments.filter(({ isPaid, currency }) => isPaid && currency === filter.currency);
      const spent = paid.reduce((sum, { amountMinor, refundedMinor }) => sum + amountMinor - refundedMinor, 0);
      return filter.bound === 'at_least' ? spent >= filter.amountMinor : spent <= filter.amountMinor;
    }
    case 'segment':
      return isIn(of, filter.segment, world);
  }
}

function holds(value: FieldValue | undefined, test: FieldTest, asked: FieldValue | undefined): boolean {
  if (value === undefined) return false;
  if (test === 'filled' || asked === undefined) return true;
  const [has, wanted] = [folded(value), folded(asked)];
  switch (test) {
    case 'equals':
      return has === wanted;
    case 'contains':
      return String(has).includes(String(wanted));
    case 'less_than':
    case 'before':
      return has < wanted;
    case 'more_than':
    case 'after':
      return has > wanted;
  }
}

const folded = (value: FieldValue): FieldValue => (typeof value === 'string' ? value.toLowerCase() : value);
