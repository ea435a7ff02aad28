import { z } from 'zod';
import {
  ALL_FIELD_TESTS,
  DEFAULT_SEGMENTS,
  MOST_FILTERS,
  SEGMENT_MATCHES,
  SPENT_BOUNDS,
} from '../../workflows/domain/segment.ts';
import { MARKETING_STATUSES } from '../../workflows/domain/marketing.ts';
import { currency, givenId, id, instant, name } from '../http/fields.ts';
import { accessStatus, billingStatus } from '../purchase/purchase-schema.ts';
import { fieldValue } from './contact-field-schema.ts';
import { contactTag } from './contact-schema.ts';

/** Any segment: one of the default ones by its name, or one of the account's own by its id. */
export const segmentName = z
  .union([z.enum(DEFAULT_SEGMENTS), givenId], 'must be all, customers, subscribed or the id of a segment')
  .describe('`all`, `customers`, `subscribed`, or the id of a segment of your own.');

const isNot = z.boolean().optional().describe('Everybody else is meant.');

const filters = [
  z
    .strictObject({ kind: z.literal('marketing_status'), isNot, status: z.enum(MARKETING_STATUSES) })
    .meta({ id: 'SegmentFilterStatus' }),
  z.strictObject({ kind: z.literal('tag'), isNot, tag: contactTag }).meta({ id: 'SegmentFilterTag' }),
  z
    .strictObject({
      kind: z.literal('field'),
      isNot,
      field: z.string().max(40).describe('Its key.'),
      test: z
        .enum(ALL_FIELD_TESTS)
        .describe(
          'Texts: `equals`, `contains`, both without regard to case. Numbers: `equals`, `more_than`, `less_than`. Days: `equals`, `before`, `after`. Yes or no: `equals`. Any: `filled`.',
        ),
      value: fieldValue.optional().describe('Left out for `filled` alone.'),
    })
    .meta({ id: 'SegmentFilterField' }),
  z
    .strictObject({
      kind: z.literal('purchase'),
      isNot,
      offerId: givenId.optional(),
      productId: givenId.optional().describe('It was sold with this product.'),
      billingStatus: billingStatus.optional(),
      accessStatus: accessStatus.optional(),
    })
    .meta({
      id: 'SegmentFilterPurchase',
      description: 'They have bought or been granted something that is all that is said.',
    }),
  z
    .strictObject({ kind: z.literal('access'), isNot, productId: givenId })
    .meta({ id: 'SegmentFilterAccess', description: 'They reach the product now, by whichever purchase.' }),
  z.strictObject({ kind: z.literal('active'), isNot, days: z.int().min(1).max(3_650) }).meta({
    id: 'SegmentFilterActive',
    description:
      'Within so many days they have logged in, begun to buy, sent a form, confirmed a subscription or left it.',
  }),
  z
    .strictObject({
      kind: z.literal('spent'),
      isNot,
      bound: z.enum(SPENT_BOUNDS),
      amountMinor: z.int().min(0).max(1e12),
      currency,
    })
    .meta({ id: 'SegmentFilterSpent', description: 'What they have paid in the currency, less what they got back.' }),
  z
    .strictObject({ kind: z.literal('segment'), isNot, segment: segmentName })
    .meta({ id: 'SegmentFilterSegment', description: 'They are in another segment.' }),
] as const;

export const segmentFilter = z.discriminatedUnion('kind', filters).meta({ id: 'SegmentFilter' });

const match = z.enum(SEGMENT_MATCHES).describe('Whether its members meet all filters, or at least one.');

const rule = {
  match: match.default('all'),
  filters: z
    .array(segmentFilter)
    .min(1, 'must have at least one')
    .max(MOST_FILTERS, `must have at most ${MOST_FILTERS}`),
};

/** Whom a segment has. */
export const segmentRule = z.strictObject(rule);
export const newSegment = z.strictObject({ name, ...rule });

export const segmentSchema = z
  .strictObject({ id, name: z.string(), match, filters: z.array(segmentFilter), createdAt: instant })
  .meta({ id: 'Segment' });
