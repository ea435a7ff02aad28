import type { EntryData, EntryType, TimelineEntry } from '../domain/outcome.ts';
import type { Command } from '../domain/pending.ts';

/** The timeline entry of a command. */
export const entryOf = ({ commandId, actor, askedAt }: Command, type: EntryType, data: EntryData): TimelineEntry => ({
  type,
  at: askedAt,
  actor: { kind: actor.kind, id: actor.id },
  commandId,
  data,
});
