import { DAY_MS, fromMs } from '../../workflows/domain/instant.ts';
import { accountIdOf, type Scoped } from '../account-scope.ts';
import type { Expert } from '../entities/expert.ts';
import { OfficeHours } from '../entities/office-hours.ts';
import { query, sql } from '../sql.ts';
import { datesOf } from './block-dates.ts';
import { withBuffer, type Diary } from './slots.ts';
import { offsetsOf, type Range } from './zone-offsets.ts';

const MINUTE_MS = 60_000;

type Taken = Range & { expertId: string; kind: 'off' | 'busy' };

/** What the experts have around a range, by expert. */
export async function readDiaries(
  em: Scoped,
  experts: readonly Expert[],
  { startMs, endMs }: Range,
): Promise<Map<string, Diary>> {
  // A whole day to both sides, for the most calls a day, and for buffers.
  const within = { startMs: startMs - 2 * DAY_MS, endMs: endMs + 2 * DAY_MS };
  const ids = experts.map(({ id }) => id);
  const taken = Map.groupBy(await readTaken(em, ids, within), ({ expertId }) => expertId);
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
      callsAt: [],
    };
  };
  return new Map(experts.map((expert) => [expert.id, toDiary(expert)]));
}

function readTaken(em: Scoped, ids: string[], { startMs, endMs }: Range): Promise<Taken[]> {
  const theirs = sql`account_id = ${accountIdOf(em)} and expert_id = any(${ids}::uuid[])
    and starts_at < ${fromMs(endMs)} and ends_at > ${fromMs(startMs)}`;
  const range = sql`(extract(epoch from starts_at) * 1000)::float8 as "startMs", (extract(epoch from ends_at) * 1000)::float8 as "endMs"`;
  return query<Taken>(
    em,
    sql`select expert_id as "expertId", 'off' as kind, ${range} from expert_time_off where ${theirs}
      union all select expert_id, 'busy', ${range} from expert_busy_times where ${theirs}`,
  );
}
