import { DAY_MS, fromMs, MINUTE_MS } from '../../workflows/domain/instant.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Expert } from '../entities/expert.ts';
import { OfficeHours } from '../entities/office-hours.ts';
import { query, sql } from '../sql.ts';
import { datesOf } from './block-dates.ts';
import { withBuffer, type Diary } from './slots.ts';
import { offsetsOf, type Range } from './zone-offsets.ts';

type Taken = Range & { expertId: string; kind: 'off' | 'busy' | 'call' };

/** What the experts have around a range, by expert; a call that is moved is not in its own way. */
export async function readDiaries(
  em: Scoped,
  experts: readonly Expert[],
  { startMs, endMs, movedCallId = null }: Range & { movedCallId?: string | null | undefined },
): Promise<Map<string, Diary>> {
  if (experts.length === 0) return new Map();
  // A whole day to both sides, for the most calls a day, and for buffers.
  const within = { startMs: startMs - 2 * DAY_MS, endMs: endMs + 2 * DAY_MS };
  const ids = experts.map(({ id }) => id);
  const taken = Map.groupBy(await readTaken(em, { ids, ...within, movedCallId }), ({ expertId }) => expertId);
  const blocks = await em.find(OfficeHours, { expertId: { $in: ids }, archivedAt: null });
  const hosted = Map.groupBy(blocks, ({ expertId }) => expertId);
  const toDiary = (expert: Expert): Diary => {
    const of = (kind: Taken['kind']) => (taken.get(expert.id) ?? []).filter((one) => one.kind === kind);
    const bufferMs = expert.bufferMinutes * MINUTE_MS;
    const hosting = (hosted.get(expert.id) ?? []).flatMap((block) => datesOf(block, within));
    return {
      workingHours: expert.workingHours,
      offsets: offsetsOf(expert.timeZone, within),
      bufferMs,
      maxCallsPerDay: expert.maxCallsPerDay,
      off: of('off'),
      taken: [...of('busy'), ...hosting].map((range) => withBuffer(range, bufferMs)),
      calls: of('call'),
    };
  };
  return new Map(experts.map((expert) => [expert.id, toDiary(expert)]));
}

type Asked = Range & { ids: string[]; movedCallId: string | null };

/** Calls have their buffer behind them already. */
function readTaken(em: Scoped, { ids, startMs, endMs, movedCallId }: Asked): Promise<Taken[]> {
  const experts = sql`account_id = ${accountIdOf(em)} and expert_id = any(${ids}::uuid[])`;
  const theirs = sql`${experts} and starts_at < ${fromMs(endMs)} and ends_at > ${fromMs(startMs)}`;
  const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;
  const range = sql`${ms('starts_at')} as "startMs", ${ms('ends_at')} as "endMs"`;
  return query<Taken>(
    em,
    sql`select expert_id as "expertId", 'off' as kind, ${range} from expert_time_off where ${theirs}
      union all select expert_id, 'busy', ${range} from expert_busy_times where ${theirs}
      union all select expert_id, 'call', ${ms('starts_at')}, ${ms('busy_until')} from calls
        where ${theirs} and state = 'booked' and id is distinct from ${movedCallId}::uuid`,
  );
}
