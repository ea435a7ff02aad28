import { z } from 'zod';
import { DISPUTE_ORDER, findDispute, listDisputes, type ListedDispute } from '../../db/money/disputes.ts';
import { disputeWords } from '../../emails/words/dispute.ts';
import type { Dispute } from '../../db/entities/dispute.ts';
import { MONEY_READERS } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { givenId, onlyTrue, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { disputeRecordSchema, disputeState } from './dispute-schema.ts';

const tag = 'Payments';

const filter = {
  state: disputeState.optional(),
  purchaseId: givenId.optional(),
  needsResponse: onlyTrue.optional().describe('Not decided, and the bank waits for evidence.'),
};

const list = defineRoute({
  method: 'get',
  path: '/v1/disputes',
  tag,
  operationId: 'listDisputes',
  summary: 'List disputes and inquiries of banks, the newest first',
  roles: MONEY_READERS,
  query: z.strictObject({ ...pageQuery, ...filter }),
  answers: { 200: pageOf(disputeRecordSchema) },
  async handle({ em, query: { limit, cursor, ...given } }) {
    const page = await listDisputes(em, given, readPage({ limit, cursor }, { ...DISPUTE_ORDER, ids: 'stripe' }));
    return { status: 200, body: toApiPage(page, toApiDispute) };
  },
});

const read = defineRoute({
  method: 'get',
  path: '/v1/disputes/{disputeId}',
  tag,
  operationId: 'getDispute',
  summary: 'Read a dispute',
  roles: MONEY_READERS,
  params: z.object({ disputeId: z.string().regex(/^[\w-]{1,255}$/) }),
  answers: { 200: disputeRecordSchema },
  async handle({ em, params }) {
    const listed = await findDispute(em, params.disputeId);
    if (!listed) throw notFound('dispute');
    return { status: 200, body: toApiDispute(listed) };
  },
});

function toApiDispute({ dispute, purchase }: ListedDispute): z.input<typeof disputeRecordSchema> {
  const { id, purchaseId, paymentId, state, stripeStatus, amountMinor, currency } = dispute;
  const { reason, evidenceDueAt, openedAt, closedAt } = dispute;
  return {
    id,
    purchaseId,
    paymentId,
    contact: purchase.contact,
    offer: purchase.offer,
    state,
    stripeStatus,
    isInquiry: state === 'inquiry' || (state === 'closed' && stripeStatus !== 'prevented'),
    needsResponse: needsResponse(dispute),
    amountMinor,
    currency,
    reason,
    reasonInWords: disputeWords(reason),
    evidenceDueAt,
    openedAt,
    closedAt,
  };
}

const needsResponse = ({ state, stripeStatus }: Dispute): boolean =>
  (state === 'open' || state === 'inquiry') && stripeStatus?.endsWith('under_review') !== true;

export const disputeRoutes = { list, read };
