import { z } from 'zod';
import { isTooShort, SEARCH_KINDS } from '../../workflows/domain/search.ts';
import { instant, part, upTo } from '../http/fields.ts';

export const searchQuery = z.strictObject({
  q: part
    .refine((typed) => !isTooShort(typed), 'must have two letters or digits at least')
    .describe(
      'Words of a name or address in any order, without accents and signs if one likes; an id or its first 8 digits; an id at Stripe; the last four digits of a card.',
    ),
  kind: z.enum(SEARCH_KINDS).optional().describe('Of this kind alone.'),
  limit: upTo(50, 'How many of each kind at most.').default(5),
});

const result = z
  .strictObject({
    kind: z.enum(SEARCH_KINDS),
    id: z.string().describe('A payment’s is that of its invoice at Stripe.'),
    title: z.string(),
    subtitle: z.string().nullable(),
    state: z
      .string()
      .describe(
        'A contact’s marketing status, a purchase’s billing status, `offered` or `archived` of an offer, else its own state.',
      ),
    amountMinor: z.int().nullable().describe('Of a purchase and an offer their price; null where there is none.'),
    currency: z.string().nullable(),
    at: instant.describe('When it was made; of a payment when it was paid or failed, of a call when it begins.'),
    isTest: z.boolean().describe('Of a test customer, who is found like everybody.'),
    href: z.string().describe('Its page, beneath the address of the service.'),
  })
  .meta({ id: 'SearchResult' });

const more = z
  .strictObject({ kind: z.enum(SEARCH_KINDS), href: z.string().describe('A page with more of them.') })
  .meta({ id: 'MoreResults' });

export const searchAnswer = z.strictObject({
  data: z.array(result).describe('By kind, of each the best first.'),
  more: z.array(more).describe('The kinds of which there are more.'),
});
