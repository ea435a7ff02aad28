import type { z } from 'zod';
import type { InboxRow, InboxState } from '../../db/entities/inbox-row.ts';
import { toCounts } from '../../db/counts.ts';
import type { NamedPurchase } from '../../db/inbox/inbox.ts';
import { toApiCounts } from '../http/counts.ts';
import type { webhookCounts, webhookSchema, WebhookState } from './webhook-schema.ts';

const STATE: Record<InboxState, WebhookState> = {
  open: 'pending',
  unmatched: 'unmatched',
  applied: 'applied',
  refused: 'failed',
  failed: 'failed',
  no_change: 'no_change',
  dead: 'dead',
};

const REPLAYABLE: readonly WebhookState[] = ['no_change', 'failed', 'unmatched', 'dead'];

/** Why an event in this state had no effect, if its row does not say so itself. */
const WHY: Partial<Record<WebhookState, string>> = {
  no_change: 'It says nothing that was not known already.',
  unmatched: 'It names no purchase that is known here; it is looked for again by itself.',
  dead: 'It was looked for for a day and a half, and belongs to no purchase here.',
};

export function toApiWebhook(
  row: InboxRow,
  purchases: ReadonlyMap<string, NamedPurchase>,
): z.input<typeof webhookSchema> {
  const { id, kind, externalId, at, arrivedAt, doneAt, wakes, wakeAt, subjectId, answer } = row;
  const state = STATE[row.state as InboxState];
  return {
    id,
    kind,
    stripeId: externalId ?? '',
    state,
    occurredAt: at,
    receivedAt: arrivedAt,
    doneAt,
    tries: wakes,
    purchase: (subjectId && purchases.get(subjectId)) || null,
    nextTryAt: state === 'pending' || state === 'unmatched' ? wakeAt : null,
    detail: answer?.refusal?.detail ?? WHY[state] ?? null,
    isReplayable: REPLAYABLE.includes(state),
  };
}

/** The states of our rows that a state of the answer stands for. */
export const statesOf = (state: WebhookState): InboxState[] =>
  (Object.keys(STATE) as InboxState[]).filter((stored) => STATE[stored] === state);

export function toApiWebhookCounts(counts: ReadonlyMap<InboxState, number>): z.input<typeof webhookCounts> {
  const shown = { pending: 0, applied: 0, no_change: 0, failed: 0, unmatched: 0, dead: 0 };
  for (const [stored, seen] of counts) shown[STATE[stored]] += seen;
  return toApiCounts(toCounts(shown));
}
