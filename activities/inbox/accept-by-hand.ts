import { ApplicationFailure } from '@temporalio/common';
import { askedVerb } from '../../api/verbs/index.ts';
import { toInstant } from '../../db/instants.ts';
import type { Orm } from '../../db/orm.ts';
import type { CommandByHand } from '../../workflows/messages.ts';
import { json, query, run, sql } from '../../db/sql.ts';

/**
 * Puts a verb that an operator gave in the Temporal UI into the inbox, under the same rules as over
 * HTTP. `commandId` makes a repeat harmless.
 */
export const createAcceptByHand =
  (orm: Orm) =>
  async ({
    purchaseId,
    commandId,
    by,
  }: {
    purchaseId: string;
    commandId: string;
    by: CommandByHand;
  }): Promise<void> => {
    const input = askedVerb(by.verb).input.safeParse(by.input ?? {});
    if (!input.success) {
      const fields = input.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
      throw ApplicationFailure.nonRetryable(`The input of ${by.verb} is wrong. ${fields}`, 'InvalidInput');
    }
    const em = orm.em.fork();
    const [account] = await query<{ id: string; now: Date }>(
      em,
      sql`select a.id, coalesce(a.clock_target, a.clock_at, now()) as now
       from purchases p join accounts a on a.id = p.account_id where p.id = ${purchaseId}`,
    );
    if (!account) throw ApplicationFailure.nonRetryable('There is no such purchase.', 'NotFound');
    const actor = { kind: 'operator', id: by.operatorId, role: 'operator' };
    await run(
      em,
      sql`insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, input, actor)
       values (${commandId}, ${account.id}, 'purchase', ${purchaseId}, 'command', ${by.verb},
         ${toInstant(account.now)}, ${json(input.data)}, ${json(actor)}) on conflict (id) do nothing`,
    );
  };
