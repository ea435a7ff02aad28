import { z } from 'zod';
import { checkAccess, type Pair } from '../../db/purchase/access-check.ts';
import type { Reach } from '../../workflows/domain/access.ts';
import { EVERYBODY } from '../auth/roles.ts';
import { email, givenId, id, instant } from '../http/fields.ts';
import { defineRoute } from '../http/route.ts';

const tag = 'Access';

/** How long an answer may be kept: a revocation beats any date [R27.8]. */
const MAX_AGE_SECONDS = 60;

/** The most that one request may ask, so that it is answered at once. */
const MOST_PAIRS = 100;

const pair = z
  .strictObject({
    productId: givenId,
    contactId: givenId.optional().describe('Either this or `email`.'),
    email: email.optional(),
  })
  .refine(({ contactId, email: address }) => (contactId === undefined) !== (address === undefined), {
    path: ['contactId'],
    message: 'needs either contactId or email',
  });

const accessCheckSchema = z
  .strictObject({
    contactId: id.nullable().describe('As it was asked; null where an address was.'),
    email: z.string().nullable().describe('As it was asked, in lower case.'),
    productId: id,
    access: z.boolean().describe('Also false for an address, contact or product that is not known.'),
    from: instant.nullable().describe('When access is known to begin; null while there is access.'),
    until: instant.nullable().describe('When access is known to end, over all purchases; null = not known to.'),
    maxAgeSeconds: z.int().describe('How long the answer may be kept, and never past `from` or `until`.'),
  })
  .meta({ id: 'AccessCheck', description: 'Whether a contact reaches a product now.' });

const toApiCheck = ({ contactId, email: address, productId }: Pair, reach: Reach) => ({
  contactId: contactId ?? null,
  email: address ?? null,
  productId,
  ...reach,
  maxAgeSeconds: MAX_AGE_SECONDS,
});

const check = defineRoute({
  method: 'get',
  path: '/v1/access-check',
  tag,
  operationId: 'checkAccess',
  summary: 'Check whether a contact or an address reaches a product now',
  description: 'Fast enough to be asked before every page that it guards. Why is said by `explainAccess`.',
  roles: EVERYBODY,
  query: pair,
  answers: { 200: accessCheckSchema },
  async handle({ em, now, query }) {
    const [reach] = await checkAccess(em, [query], now);
    if (!reach) throw new Error('a check without its answer');
    return { status: 200, body: toApiCheck(query, reach) };
  },
});

const checkMany = defineRoute({
  method: 'post',
  path: '/v1/access-check',
  tag,
  operationId: 'checkAccessOfMany',
  audit: { none: 'It only reads.' },
  isReading: true,
  summary: `Check up to ${MOST_PAIRS} pairs of a contact or an address and a product, answered in their order`,
  roles: EVERYBODY,
  body: z.strictObject({ pairs: z.array(pair).min(1).max(MOST_PAIRS) }),
  example: { pairs: [{ email: 'ada@example.com', productId: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e' }] },
  answers: { 200: z.strictObject({ data: z.array(accessCheckSchema) }) },
  async handle({ em, now, body: { pairs } }) {
    const reaches = await checkAccess(em, pairs, now);
    return { status: 200, body: { data: reaches.map((reach, place) => toApiCheck(pairs[place]!, reach)) } };
  },
});

export const accessCheckRoutes = { check, checkMany };
