import type { BillingStatus } from './billing.ts';
import { faultOfValue, type FieldKind, type FieldValue } from './contact-field.ts';
import type { MarketingStatus } from './marketing.ts';
import type { AccessStatus } from './standing.ts';

/** Those that every account has [R3.7]. */
export const DEFAULT_SEGMENTS = ['all', 'customers', 'subscribed'] as const;
export type DefaultSegment = (typeof DEFAULT_SEGMENTS)[number];

export const isDefaultSegment = (segment: string): segment is DefaultSegment =>
  (DEFAULT_SEGMENTS as readonly string[]).includes(segment);

/** Whether its members meet all of its filters, or at least one. */
export const SEGMENT_MATCHES = ['all', 'any'] as const;
export type SegmentMatch = (typeof SEGMENT_MATCHES)[number];

/** What is asked of a field by what it holds; `filled`: that it holds anything. */
export const FIELD_TESTS = {
  text: ['equals', 'contains', 'filled'],
  number: ['equals', 'more_than', 'less_than', 'filled'],
  date: ['equals', 'before', 'after', 'filled'],
  yes_no: ['equals', 'filled'],
} as const satisfies Record<FieldKind, readonly string[]>;
export type FieldTest = (typeof FIELD_TESTS)[FieldKind][number];

export const ALL_FIELD_TESTS = [
  'equals',
  'contains',
  'more_than',
  'less_than',
  'before',
  'after',
  'filled',
] as const satisfies FieldTest[];

export const SPENT_BOUNDS = ['at_least', 'at_most'] as const;
export type SpentBound = (typeof SPENT_BOUNDS)[number];

/**
 * What a contact may be asked. `purchase`: it has bought or been granted something that is all that
 * is said. `access`: it reaches the product now. `active`: it did something by
 * itself within so many days. `spent`: what it paid, less what it got back. `segment`: it is in
 * another segment, by its id or the name of a default one.
 */
type Asked =
  | { kind: 'marketing_status'; status: MarketingStatus }
  | { kind: 'tag'; tag: string }
  | { kind: 'field'; field: string; test: FieldTest; value?: FieldValue | undefined }
  | {
      kind: 'purchase';
      offerId?: string | undefined;
      productId?: string | undefined;
      billingStatus?: BillingStatus | undefined;
      accessStatus?: AccessStatus | undefined;
    }
  | { kind: 'access'; productId: string }
  | { kind: 'active'; days: number }
  | { kind: 'spent'; bound: SpentBound; amountMinor: number; currency: string }
  | { kind: 'segment'; segment: string };

/** `isNot`: everybody else is meant. */
export type SegmentFilter = Asked & { isNot?: boolean | undefined };
export type SegmentFilterKind = Asked['kind'];
export type SegmentFilterOf<Kind extends SegmentFilterKind> = Extract<SegmentFilter, { kind: Kind }>;

export const SEGMENT_FILTER_KINDS = [
  'marketing_status',
  'tag',
  'field',
  'purchase',
  'access',
  'active',
  'spent',
  'segment',
] as const satisfies SegmentFilterKind[];

/** Who belongs to a segment of an account's own. */
export type SegmentRule = { match: SegmentMatch; filters: SegmentFilter[] };

export const MOST_FILTERS = 20;
/** So many filters a segment may have with those of the segments that it names. */
export const MOST_NESTED_FILTERS = 60;

/** The segments of the account's own that a rule names. */
export const namedSegments = ({ filters }: SegmentRule): string[] =>
  filters.flatMap((filter) => (filter.kind === 'segment' && !isDefaultSegment(filter.segment) ? [filter.segment] : []));

/** The fields that a rule asks for, by their keys. */
export const namedFields = ({ filters }: SegmentRule): string[] =>
  filters.flatMap((filter) => (filter.kind === 'field' ? [filter.field] : []));

/** Whether a rule asks who has spent at most so much, which whoever never paid has. */
export const asksForLittleSpent = ({ filters }: SegmentRule): boolean =>
  filters.some((filter) => filter.kind === 'spent' && filter.bound === 'at_most');

export type NestingFault = 'unknown' | 'cycle' | 'too_many';

/**
 * What is wrong with how segments name each other, seen from one of them; null = nothing. All of
 * `rules` but that one are in order.
 */
export function faultOfNesting(id: string, rules: ReadonlyMap<string, SegmentRule>): NestingFault | null {
  const count = (of: string, above: readonly string[]): number | NestingFault => {
    const rule = rules.get(of);
    if (!rule) return 'unknown';
    if (above.includes(of)) return 'cycle';
    let filters = rule.filters.length;
    for (const inner of namedSegments(rule)) {
      const within = count(inner, [...above, of]);
      if (typeof within === 'string') return within;
      filters += within;
      if (filters > MOST_NESTED_FILTERS) return 'too_many';
    }
    return filters;
  };
  const counted = count(id, []);
  return typeof counted === 'string' ? counted : null;
}

/**
 * What is wrong with a filter of a field, where `fields` are those of the account by their keys;
 * null = nothing, or it is of another kind.
 */
export function faultOfFieldTest(
  filter: SegmentFilter,
  fields: ReadonlyMap<string, FieldKind>,
): { at: 'field' | 'test' | 'value'; message: string } | null {
  if (filter.kind !== 'field') return null;
  const kind = fields.get(filter.field);
  if (!kind) return { at: 'field', message: 'is no field of this account' };
  const tests: readonly FieldTest[] = FIELD_TESTS[kind];
  if (!tests.includes(filter.test)) return { at: 'test', message: `must be one of ${tests.join(', ')}` };
  if ((filter.test === 'filled') !== (filter.value === undefined))
    return { at: 'value', message: filter.value === undefined ? 'must be given' : 'must be left out' };
  const fault = filter.value === undefined ? null : faultOfValue(kind, filter.value);
  return fault === null ? null : { at: 'value', message: fault };
}
