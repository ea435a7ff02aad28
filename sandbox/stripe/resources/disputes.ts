import { z } from 'zod';
import type { Dispute } from '../data/docs.ts';
import { expand, flag, listFields, metadata, text } from '../protocol/fields.ts';
import { listOf } from './lists.ts';
import { route } from './route.ts';
import { afterEvidence, closeDispute, disputeTime } from '../payments/disputes.ts';
import { mergeMetadata } from './metadata.ts';

const update = z.strictObject({
  evidence: z.record(z.string(), z.string()).optional(),
  metadata: metadata.optional(),
  submit: flag.optional(),
  expand,
});

/** Stripe's test evidence: these words decide the dispute. */
const VERDICTS: Record<string, 'won' | 'lost'> = { winning_evidence: 'won', losing_evidence: 'lost' };

export const disputeRoutes = [
  route('GET', '/v1/disputes/:id', z.strictObject({ expand }), ({ books, id }) => books.need('dispute', id)),
  route('POST', '/v1/disputes/:id', update, ({ books, id, params }) => {
    const known = books.need('dispute', id);
    const at = disputeTime(books, known);
    const evidence = { ...known.evidence, ...params.evidence };
    const status = params.evidence ? afterEvidence(known.status) : known.status;
    const changed: Dispute = { ...known, evidence, status, metadata: mergeMetadata(known.metadata, params.metadata) };
    books.change(changed, at, 'charge.dispute.updated');
    const verdict = VERDICTS[String(evidence.uncategorized_text)];
    return verdict ? closeDispute(books, changed, verdict, at) : changed;
  }),
  route('POST', '/v1/disputes/:id/close', z.strictObject({ expand }), ({ books, id }) => {
    const known = books.need('dispute', id);
    return closeDispute(books, known, 'lost', disputeTime(books, known));
  }),
  route(
    'GET',
    '/v1/disputes',
    z.strictObject({ ...listFields, charge: text.optional(), payment_intent: text.optional() }),
    ({ books, params }) =>
      listOf(books, 'dispute', params, {
        filter: {
          charge: params.charge,
          payment_intent: params.payment_intent,
        },
      }),
  ),
];
