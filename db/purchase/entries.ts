import type { EntityManager } from '@mikro-orm/postgresql';
import { CommandText } from '../entities/command-text.ts';
import { TimelineRow } from '../entities/timeline-row.ts';
import { actorEmails, type ActorEmails } from '../people/actor-emails.ts';

/** Lines of timelines, with who and why: reasons by command, addresses by admin. */
export type Entries = { rows: TimelineRow[]; reasons: Map<string, string | null>; emails: ActorEmails };

export async function withReasons(em: EntityManager, rows: TimelineRow[]): Promise<Entries> {
  const commandIds = rows.flatMap(({ commandId }) => commandId ?? []);
  const texts = await em.find(CommandText, { commandId: { $in: commandIds } });
  const actors = rows.map(({ actor }) => actor);
  return {
    rows,
    reasons: new Map(texts.map(({ commandId, reason }) => [commandId, reason])),
    emails: await actorEmails(em, actors),
  };
}

/** What one record wrote into a purchase's timeline. */
export async function entriesOfRecord(em: EntityManager, purchaseId: string, revision: number): Promise<Entries> {
  const orderBy = { position: 'asc' } as const;
  return withReasons(em, await em.find(TimelineRow, { purchaseId, revision }, { orderBy }));
}
