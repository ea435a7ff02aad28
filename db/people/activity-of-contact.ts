import { activeUntil, type Latest } from '../../workflows/domain/activity.ts';
import { addDays, type Instant } from '../../workflows/domain/instant.ts';
import type { Scoped } from '../account-scope.ts';
import { Activity } from '../entities/activity.ts';
import { ContactActivity } from '../entities/contact-activity.ts';
import type { Contact } from '../entities/contact.ts';
import { toInstant } from '../instants.ts';
import { findPage, type Page, type PageQuery } from '../page.ts';
import { query, sql } from '../sql.ts';

export const LATEST_DONE = { by: 'at', direction: 'desc' } as const;

export const listActivity = (em: Scoped, contactId: string, page: PageQuery): Promise<Page<Activity>> =>
  findPage(em, Activity, { order: LATEST_DONE, where: { contactId } }, page);

/** How many days back a person's activity is summed up. */
const DAYS_BACK = 90;

type Day = { day: string; logins: number; others: number };

/** `activeUntil`: null = they are not an active customer now. */
export type ActivitySummary = Latest & { activeUntil: Instant | null; days: Day[] };

/** What a person did of late, by the days of the account's zone, the newest first. */
export async function activitySummaryOf(
  em: Scoped,
  { id, customerSince }: Contact,
  { now, timeZone }: { now: Instant; timeZone: string },
): Promise<ActivitySummary> {
  const { lastLoginAt, lastOtherAt }: Latest = (await em.findOne(ContactActivity, { contactId: id })) ?? NOTHING;
  const until = customerSince === null ? null : activeUntil({ lastLoginAt, lastOtherAt });
  const days = await query<Day>(
    em,
    sql`select to_char(at at time zone ${timeZone}, 'YYYY-MM-DD') as day,
      (count(*) filter (where kind = 'login'))::int as logins, (count(*) filter (where kind <> 'login'))::int as others
      from activities where contact_id = ${id} and at > ${addDays(now, -DAYS_BACK)} group by 1 order by 1 desc`,
  );
  return { lastLoginAt, lastOtherAt, activeUntil: until !== null && until > now ? until : null, days };
}

const NOTHING: Latest = { lastLoginAt: null, lastOtherAt: null };

/** How far somebody is in one lesson, or, without one, in the course as a whole. */
type Step = { lessonId: string; viewedAt: Instant; completedAt: Instant | null };

export type ProductProgress = { productId: string; productName: string; steps: Step[] };

/** So many lessons of a person are shown, those of which something was heard last. */
const MOST_LESSONS = 1_000;

/** How far a person is in each product, by what was heard of it last. */
export async function progressOf(em: Scoped, { id }: Contact): Promise<ProductProgress[]> {
  const rows = await query<Step & { productId: string; productName: string }>(
    em,
    sql`select p.product_id as "productId", r.name as "productName", p.lesson_id as "lessonId",
      p.viewed_at as "viewedAt", p.completed_at as "completedAt"
      from progress p join products r on r.id = p.product_id where p.contact_id = ${id}
      order by greatest(p.viewed_at, p.completed_at) desc, p.lesson_id limit ${sql.lit(MOST_LESSONS)}`,
  );
  const found = new Map<string, ProductProgress>();
  for (const { productId, productName, lessonId, viewedAt, completedAt } of rows) {
    const product = found.get(productId) ?? { productId, productName, steps: [] };
    const at = { viewedAt: toInstant(viewedAt), completedAt: completedAt && toInstant(completedAt) };
    product.steps.push({ lessonId, ...at });
    found.set(productId, product);
  }
  return [...found.values()];
}
