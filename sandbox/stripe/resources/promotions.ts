import { z } from 'zod';
import type { Books } from '../data/books.ts';
import type { Coupon } from '../data/docs.ts';
import { emptyable, expand, flag, integer, listFields, metadata, text } from '../protocol/fields.ts';
import { invalidRequest } from '../protocol/fault.ts';
import { newCoupon, newPromotionCode } from '../shapes/discount.ts';
import { listOf } from './lists.ts';
import { mergeMetadata } from './metadata.ts';
import { route } from './route.ts';

const decimal = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/, 'decimal')
  .transform(Number);

const coupon = z.strictObject({
  amount_off: integer.optional(),
  currency: text.optional(),
  duration: z.enum(['forever', 'once', 'repeating']).optional(),
  duration_in_months: integer.optional(),
  expand,
  id: text.optional(),
  max_redemptions: integer.optional(),
  metadata: metadata.optional(),
  name: text.optional(),
  percent_off: decimal.optional(),
  redeem_by: integer.optional(),
});

const promotionCode = z.strictObject({
  promotion: z.strictObject({ type: z.enum(['coupon']), coupon: text.optional() }),
  active: flag.optional(),
  code: text.optional(),
  customer: text.optional(),
  expand,
  expires_at: integer.optional(),
  max_redemptions: integer.optional(),
  metadata: metadata.optional(),
  restrictions: z.strictObject({ first_time_transaction: flag.optional() }).optional(),
});

const positive = (value: number | undefined, param: string): void => {
  if (value !== undefined && value < 1)
    throw invalidRequest('Invalid positive integer', param, 'parameter_invalid_integer');
};

function makeCoupon(books: Books, params: z.output<typeof coupon>): Coupon {
  const { percent_off: percent, amount_off: amount, currency, duration = 'once' } = params;
  if ((percent === undefined) === (amount === undefined))
    throw invalidRequest('You must pass exactly one of percent_off, amount_off.', 'percent_off');
  if (percent !== undefined && (percent <= 0 || percent > 100))
    throw invalidRequest('Invalid decimal: must be greater than 0 and at most 100', 'percent_off');
  if (amount !== undefined && currency === undefined)
    throw invalidRequest('You must pass currency when passing amount_off', 'currency', 'parameter_missing');
  if ((duration === 'repeating') !== (params.duration_in_months !== undefined))
    throw invalidRequest(
      'duration_in_months goes with the duration repeating, and only with it.',
      'duration_in_months',
    );
  if (params.name !== undefined && params.name.length > 40)
    throw invalidRequest('Invalid string: must be at most 40 characters', 'name');
  positive(amount, 'amount_off');
  positive(params.max_redemptions, 'max_redemptions');
  positive(params.duration_in_months, 'duration_in_months');
  if (params.id !== undefined && books.find('coupon', params.id))
    throw invalidRequest('Coupon already exists.', 'id', 'resource_already_exists');
  return books.add(newCoupon({ ...params, duration }, books.context.now()), 'coupon.created');
}

function makePromotionCode(books: Books, params: z.output<typeof promotionCode>) {
  const { promotion, code, restrictions, expires_at: expiresAt } = params;
  const at = books.context.now();
  if (promotion.coupon === undefined)
    throw invalidRequest('Missing required param: promotion[coupon].', 'promotion[coupon]', 'parameter_missing');
  books.need('coupon', promotion.coupon, 'promotion[coupon]');
  if (params.customer !== undefined) books.need('customer', params.customer, 'customer');
  if (code !== undefined && !/^[a-z0-9-]+$/i.test(code))
    throw invalidRequest('Promotion codes may contain only letters, digits and dashes.', 'code');
  const isTaken = (known: string) => known.toLowerCase() === code?.toLowerCase();
  if (books.all('promotion_code').some((known) => known.active && isTaken(known.code)))
    throw invalidRequest(`An active promotion code with \`code: ${code}\` already exists.`, 'code');
  if (expiresAt !== undefined && expiresAt <= at)
    throw invalidRequest('`expires_at` must be in the future.', 'expires_at');
  positive(params.max_redemptions, 'max_redemptions');
  const firstTime = restrictions?.first_time_transaction;
  const made = newPromotionCode({ ...params, coupon: promotion.coupon, firstTime }, at);
  return books.add(made, 'promotion_code.created');
}

export const promotionRoutes = [
  route('POST', '/v1/coupons', coupon, ({ books, params }) => makeCoupon(books, params)),
  route('GET', '/v1/coupons/:id', z.strictObject({ expand }), ({ books, id }) => books.need('coupon', id)),
  route('DELETE', '/v1/coupons/:id', z.strictObject({ expand }), ({ books, id }) => {
    const known = books.need('coupon', id);
    books.remove(id);
    books.emit('coupon.deleted', known, books.context.now());
    return { id, object: 'coupon', deleted: true as const };
  }),
  route('GET', '/v1/coupons', z.strictObject(listFields), ({ books, params }) => listOf(books, 'coupon', params)),
  route('POST', '/v1/promotion_codes', promotionCode, ({ books, params }) => makePromotionCode(books, params)),
  route('GET', '/v1/promotion_codes/:id', z.strictObject({ expand }), ({ books, id }) =>
    books.need('promotion_code', id),
  ),
  route(
    'POST',
    '/v1/promotion_codes/:id',
    z.strictObject({ active: flag.optional(), metadata: emptyable(metadata).optional(), expand }),
    ({ books, id, params }) => {
      const known = books.need('promotion_code', id);
      const labels = mergeMetadata(known.metadata, params.metadata ?? undefined);
      const changed = { ...known, active: params.active ?? known.active, metadata: labels };
      return books.change(changed, books.context.now(), 'promotion_code.updated');
    },
  ),
  route(
    'GET',
    '/v1/promotion_codes',
    z.strictObject({ ...listFields, active: flag.optional(), code: text.optional(), coupon: text.optional() }),
    ({ books, params: { active, code, coupon: of, ...paging } }) =>
      listOf(books, 'promotion_code', paging, {
        accept: (known) =>
          (active === undefined || known.active === active) &&
          (code === undefined || known.code.toLowerCase() === code.toLowerCase()) &&
          (of === undefined || known.promotion.coupon === of),
      }),
  ),
];
