import type { EntityManager } from '@mikro-orm/postgresql';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import { matchRow } from './match-events.ts';
import type { ArrivedEvent } from './store-events.ts';
import { run, sql } from '../sql.ts';

/**
 * An event that had no effect is open again; whatever it says is applied once, however often it is
 * taken.
 */
export const reopenEvent = (em: Scoped, rowId: string): Promise<unknown> =>
  run(
    em,
    sql`update inbox set state = 'open', answer = null, done_at = null, wakes = 0, wake_at = now() + interval '1 minute'
     where id = ${rowId} and account_id = ${accountIdOf(em)} and class = 'fact' and state in ('failed', 'no_change')`,
  );

/**
 * Looks again whose an unmatched event is. It is open for the purchase that has its object, or left
 * to the sweep's next look, which asks Stripe as well.
 * @returns the purchase's id, or null where it is still nobody's
 */
export async function matchAnew(
  em: EntityManager,
  rowId: string,
  event: Pick<ArrivedEvent, 'refs' | 'pointsAt'>,
): Promise<string | null> {
  await askAnew(em, rowId, event);
  return matchRow(em, rowId);
}

/** Whose an event of nobody's is, is open again, with what it speaks of as it is read today. */
export const askAnew = (
  em: EntityManager,
  rowId: string,
  { refs, pointsAt }: Pick<ArrivedEvent, 'refs' | 'pointsAt'>,
): Promise<unknown> =>
  run(
    em,
    sql`update inbox set state = 'unmatched', refs = ${refs}, points_at = ${pointsAt}, done_at = null, wakes = 0,
       wake_at = now() + interval '1 minute'
     where id = ${rowId} and account_id is null and state in ('unmatched', 'dead')`,
  );
