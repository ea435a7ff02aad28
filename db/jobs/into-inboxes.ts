import type { EntityManager } from '@mikro-orm/postgresql';
import { traceparent } from '../../tracing/spans.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';
import type { Job } from '../entities/job.ts';
import { json, run, sql } from '../sql.ts';

/** One of a job's commands. */
export type JobCommand<Input = object> = { commandId: string; purchaseId: string; name: CommandName; input: Input };

/**
 * Puts a job's commands into the inboxes of purchases, which are those of its account unless
 * `seller` says otherwise; it is their turn from the job's own instant on.
 */
export async function intoInboxes(
  tx: EntityManager,
  job: Job,
  commands: readonly JobCommand[],
  seller: { accountId: string; now: string } = { accountId: job.accountId, now: job.createdAt },
): Promise<void> {
  if (commands.length === 0) return;
  const rows = sql`jsonb_to_recordset(${json(commands)}) as c ("commandId" uuid, "purchaseId" uuid, name text, input jsonb)`;
  await run(
    tx,
    sql`insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, input, actor, job_id, traceparent)
      select "commandId", ${seller.accountId}, 'purchase', "purchaseId", 'command', name, ${seller.now}, input, ${json(job.actor)}, ${job.id}, ${traceparent()}
      from ${rows} order by "commandId"`,
  );
  await run(
    tx,
    sql`insert into command_texts (command_id, account_id, reason)
      select "commandId", ${seller.accountId}, ${job.reason} from ${rows}`,
  );
}
