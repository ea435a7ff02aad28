import type { EntityManager } from '@mikro-orm/postgresql';
import { CommandText } from '../entities/command-text.ts';
import { TimelineRow } from '../entities/timeline-row.ts';
import { actorEmails, type ActorEmails } from './actor-emails.ts';

export type TimelinePlace = { revision: number; position: number };
export type TimelinePage = {
  rows: TimelineRow[];
  reasons: Map<string, string | null>;
  emails: ActorEmails;
  next: TimelinePlace | null;
};

/** What has happened to a purchase, in the order in which it was recorded [R23.1]. */
export async function readTimeline(
  em: EntityManager,
  purchaseId: string,
  { limit, after }: { limit: number; after: TimelinePlace | null },
): Promise<TimelinePage> {
  const beyond = after && {
    $or: [{ revision: { $gt: after.revision } }, { revision: after.revision, position: { $gt: after.position } }],
  };
  const found = await em.find(
    TimelineRow,
    { purchaseId, ...beyond },
    { orderBy: { revision: 'asc', position: 'asc' }, limit: limit + 1 },
  );
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const commandIds = rows.flatMap(({ commandId }) => commandId ?? []);
  const texts = await em.find(CommandText, { commandId: { $in: commandIds } });
  return {
    rows,
    reasons: new Map(texts.map(({ commandId, reason }) => [commandId, reason])),
    emails: await actorEmails(
      em,
      rows.map(({ actor }) => actor),
    ),
    next: found.length > limit && last ? { revision: last.revision, position: last.position } : null,
  };
}
