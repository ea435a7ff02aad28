import type { Instant } from '../domain/instant.ts';
import type { Command, PendingCommand } from '../domain/pending.ts';
import type { PlannedName } from '../domain/verb.ts';
import type { Plan } from './plan.ts';

/**
 * What is recorded before the first write is sent: everything that is needed to carry the verb out,
 * frozen.
 */
export const begin = (command: Command<PlannedName>, planned: Plan, realNow: Instant): PendingCommand => ({
  command,
  writes: planned.writes,
  answered: 0,
  refused: [],
  firstTriedAt: realNow,
  firstIndex: 0,
  generation: 0,
  isAnswered: false,
  emails: planned.emails,
  money: planned.money,
  data: planned.data,
  entry: planned.entry,
});
