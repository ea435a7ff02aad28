import type { EntityManager } from '@mikro-orm/postgresql';
import { Offer } from '../entities/offer.ts';
import { CommandText } from '../entities/command-text.ts';
import { TimelineRow } from '../entities/timeline-row.ts';
import { actorEmails, type ActorEmails } from '../people/actor-emails.ts';

export type TimelinePlace = { revision: number; position: number };
export type TimelinePage = {
  rows: TimelineRow[];
  texts: Map<string, CommandText>;
  emails: ActorEmails;
  /** Of the offers that entries name, by id. */
  offerNames: Map<string, string>;
  next: TimelinePlace | null;
};

export const TIMELINE_ORDERS = ['oldest', 'newest'] as const;
type TimelineQuery = { limit: number; after: TimelinePlace | null; order: (typeof TIMELINE_ORDERS)[number] };

/**
 * What has happened to a purchase, in the order in which it was recorded, or the other way round
 * [R23.1].
 */
export async function readTimeline(
  em: EntityManager,
  purchaseId: string,
  { limit, after, order }: TimelineQuery,
): Promise<TimelinePage> {
  const past = order === 'oldest' ? '$gt' : '$lt';
  const direction = order === 'oldest' ? 'asc' : 'desc';
  const beyond = after && {
    $or: [{ revision: { [past]: after.revision } }, { revision: after.revision, position: { [past]: after.position } }],
  };
  const found = await em.find(
    TimelineRow,
    { purchaseId, ...beyond },
    { orderBy: { revision: direction, position: direction }, limit: limit + 1 },
  );
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const commandIds = rows.flatMap(({ commandId }) => commandId ?? []);
  const texts = await em.find(CommandText, { commandId: { $in: commandIds } });
  return {
    rows,
    texts: new Map(texts.map((text) => [text.commandId, text])),
    emails: await actorEmails(
      em,
      rows.map(({ actor }) => actor),
    ),
    offerNames: await offerNames(em, rows),
    next: found.length > limit && last ? { revision: last.revision, position: last.position } : null,
  };
}

async function offerNames(em: EntityManager, rows: TimelineRow[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ data: { offerId, fromOfferId } }) => [offerId, fromOfferId]);
  const named = ids.filter((id) => typeof id === 'string');
  const offers = named.length === 0 ? [] : await em.find(Offer, { id: { $in: named } });
  return new Map(offers.map(({ id, name }) => [id, name]));
}
