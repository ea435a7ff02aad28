import { accountIdOf, type Scoped } from '../account-scope.ts';
import { ExpertBusyTime } from '../entities/expert-busy-time.ts';
import { ExpertCalendar } from '../entities/expert-calendar.ts';
import { run, sql } from '../sql.ts';

/** Where an expert's calendar is from now on; null: nowhere. What another one said is forgotten. */
export async function placeCalendar(em: Scoped, expertId: string, url: string | null): Promise<void> {
  const known = await em.findOne(ExpertCalendar, { expertId });
  if ((known?.url ?? null) === url) return;
  await em.nativeDelete(ExpertBusyTime, { expertId });
  await em.nativeDelete(ExpertCalendar, { expertId });
  em.clear();
  if (url === null) return;
  await run(
    em,
    sql`insert into expert_calendars (expert_id, account_id, url, fetch_at)
      values (${expertId}, ${accountIdOf(em)}, ${url}, now())`,
  );
}
