import type { FieldTest, SegmentFilterKind, SegmentMatch, SpentBound } from '../../../workflows/domain/segment.ts';

/** A kind of filter, and its two sides: whoever meets it, and everybody else. */
export const SEGMENT_FILTER_WORDS = {
  marketing_status: { label: 'Marketing status', sides: ['has this status', 'has another status'] },
  tag: { label: 'Tag', sides: ['has this tag', 'does not have it'] },
  field: { label: 'Field', sides: ['passes this test', 'does not pass it'] },
  purchase: { label: 'Purchase', sides: ['has such a purchase', 'has none such'] },
  access: { label: 'Access to a product', sides: ['reaches it now', 'does not reach it'] },
  active: { label: 'Activity of late', sides: ['was active in the last days', 'was not active'] },
  spent: { label: 'Money spent', sides: ['has spent', 'has not spent'] },
  segment: { label: 'Another segment', sides: ['is in this segment', 'is not in it'] },
} satisfies Record<SegmentFilterKind, { label: string; sides: [string, string] }>;

export const FIELD_TEST_WORDS = {
  equals: 'is',
  contains: 'contains',
  more_than: 'is more than',
  less_than: 'is less than',
  before: 'is before',
  after: 'is after',
  filled: 'is filled in',
} satisfies Record<FieldTest, string>;

export const SPENT_BOUND_WORDS = {
  at_least: 'at least',
  at_most: 'at most',
} satisfies Record<SpentBound, string>;

export const SEGMENT_MATCH_WORDS = {
  all: 'meets all conditions',
  any: 'meets at least one condition',
} satisfies Record<SegmentMatch, string>;
