import type { z } from 'zod';
import { recordActivity, type Done } from '../../db/people/activity.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { fromMs, MINUTE_MS, toMs, type Instant } from '../../workflows/domain/instant.ts';
import type { activitiesTaken, newActivities } from './activity-schema.ts';

/** How far another clock may be ahead of ours. */
const AHEAD_MS = 5 * MINUTE_MS;

export type GivenActivity = z.output<typeof newActivities>['data'][number];

/** Nothing is later than it is heard of. */
const toDone = ({ id: key, productId, lessonId, at, ...given }: GivenActivity, now: Instant): Done => ({
  ...given,
  key,
  productId: productId ?? null,
  lessonId: lessonId ?? null,
  at: at > now ? now : at,
});

/** Takes in what was reported, and says what became of it; `now`: the account's. */
export async function takeIn(
  em: Scoped,
  accountId: string,
  { data, now }: { data: readonly GivenActivity[]; now: Instant },
): Promise<z.input<typeof activitiesTaken>> {
  const limit = fromMs(toMs(now) + AHEAD_MS);
  const early = data.filter(({ at }) => at > limit);
  const done = data.filter(({ at }) => at <= limit).map((one) => toDone(one, now));
  const taken = [...(await recordActivity(em, accountId, done))];
  const count = (what: string): number => taken.filter(([, one]) => one === what).length;
  const refused = taken.flatMap(([id, reason]) =>
    reason === 'recorded' || reason === 'repeated' ? [] : [{ id, reason }],
  );
  const inFuture = early.map(({ id }) => ({ id, reason: 'in_future' as const }));
  return { recorded: count('recorded'), repeated: count('repeated'), refused: [...refused, ...inFuture] };
}
