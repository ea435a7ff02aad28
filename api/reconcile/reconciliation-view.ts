import type { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import type { DifferenceRow } from '../../db/entities/difference-row.ts';
import { namedPurchases } from '../../db/inbox/inbox.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import { DIFFERENCES } from '../../workflows/domain/compare.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import { inWords } from './difference-words.ts';
import type { differenceSchema } from './reconciliation-schema.ts';

/** Differences as they are answered, with the names of their purchases. */
export async function toApiDifferences(
  em: Scoped,
  rows: readonly DifferenceRow[],
): Promise<z.input<typeof differenceSchema>[]> {
  const purchases = await namedPurchases(
    em,
    rows.map(({ purchaseId }) => ({ subjectId: purchaseId })),
  );
  const emails = await actorEmails(
    em,
    rows.flatMap(({ actor }) => actor ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    severity: row.severity,
    state: row.state,
    purchase: purchases.get(row.purchaseId ?? '') ?? null,
    objectId: row.objectId,
    here: row.here,
    there: row.there,
    cause: row.cause,
    repair: DIFFERENCES[row.kind].repair,
    detail: inWords(row),
    createdAt: row.createdAt,
    lookedAt: row.lookedAt,
    endedAt: row.endedAt,
    by: row.actor && toApiActor(row.actor, emails),
    note: row.note,
  }));
}
