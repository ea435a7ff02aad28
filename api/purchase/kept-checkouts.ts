import { z } from 'zod';
import { findCheckout, listCheckouts, type ListedCheckout } from '../../db/purchase/list-checkouts.ts';
import type { Checkout } from '../../db/entities/checkout.ts';
import { NEWEST } from '../../db/page.ts';
import { MONEY_READERS } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { givenId, idParams, includeTest, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { checkoutReason, checkoutRecordSchema, checkoutState } from './checkout-schema.ts';

const tag = 'Checkouts';

type ApiState = z.output<typeof checkoutState>;

/** Stripe's word for it would be mistaken for the reason. */
const API_STATES: Record<Checkout['state'], ApiState> = { open: 'open', completed: 'completed', expired: 'ended' };
const STATES: Record<ApiState, Checkout['state']> = { open: 'open', completed: 'completed', ended: 'expired' };

const filter = {
  state: checkoutState.optional(),
  reason: checkoutReason.optional(),
  contactId: givenId.optional(),
  offerId: givenId.optional(),
  includeTest,
};

const list = defineRoute({
  method: 'get',
  path: '/v1/checkouts',
  tag,
  operationId: 'listCheckouts',
  summary: 'List checkouts, the newest first, with why those ended that were not paid',
  roles: MONEY_READERS,
  query: z.strictObject({ ...pageQuery, ...filter }),
  answers: { 200: pageOf(checkoutRecordSchema) },
  async handle({ em, query: { limit, cursor, state, ...given } }) {
    const wanted = { ...given, ...(state && { state: STATES[state] }) };
    const page = await listCheckouts(em, wanted, readPage({ limit, cursor }, NEWEST));
    return { status: 200, body: toApiPage(page, toApiCheckout) };
  },
});

const read = defineRoute({
  method: 'get',
  path: '/v1/checkouts/{checkoutId}',
  tag,
  operationId: 'getCheckout',
  summary: 'Read a checkout',
  roles: MONEY_READERS,
  params: idParams('checkoutId'),
  answers: { 200: checkoutRecordSchema },
  async handle({ em, params }) {
    const listed = await findCheckout(em, params.checkoutId);
    if (!listed) throw notFound('checkout');
    return { status: 200, body: toApiCheckout(listed) };
  },
});

function toApiCheckout({ checkout, named }: ListedCheckout): z.input<typeof checkoutRecordSchema> {
  const { id, purchaseId, state, reason, amountMinor, currency, url } = checkout;
  const { createdAt, expiresAt, endedAt, recoveredBy, recoveredAt } = checkout;
  return {
    id,
    purchaseId,
    contact: named.contact,
    offer: named.offer,
    state: API_STATES[state],
    reason,
    amountMinor,
    currency,
    url: state === 'open' ? url : null,
    createdAt,
    expiresAt,
    endedAt,
    recoveredBy,
    recoveredAt,
  };
}

export const keptCheckoutRoutes = { list, read };
