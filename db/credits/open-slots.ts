import type { ShutSlot } from '../../workflows/domain/calls/bookings.ts';
import { DAY_MS, fromMs, MINUTE_MS, toMs, type Instant } from '../../workflows/domain/instant.ts';
import type { Scoped } from '../account-scope.ts';
import { Expert } from '../entities/expert.ts';
import { readDiaries } from './diaries.ts';
import { isCalled, isSlotOpen, slotsOf } from './slots.ts';
import { minutesOf } from './working-hours.ts';
import type { Range } from './zone-offsets.ts';

/** How far ahead calls are booked [R19.5]. */
export const BOOKABLE_DAYS = 60;

/**
 * An answer has about as many at the most, and says where it goes on: an account of many experts
 * must not hold a process [R24.5].
 */
const MOST = 30_000;

export type OpenSlot = { startsAt: Instant; endsAt: Instant; expertId: string };

/** `[from, until)`; without `expertId` those of everybody. */
export type OpenSlotsAsked = { expertId?: string | undefined; from: Instant; until: Instant; callMinutes: number };

/** `next`: where the rest begins, if there is more. */
export type OpenSlots = { slots: OpenSlot[]; next: Instant | null };

/**
 * The open slots that begin in `[from, until)`, the earliest first; none that an expert's notice or
 * the days ahead rule out at `now` [R19.5, R27.2].
 */
export async function findOpenSlots(em: Scoped, now: Instant, asked: OpenSlotsAsked): Promise<OpenSlots> {
  const whose = { archivedAt: null, ...(asked.expertId && { id: asked.expertId }) };
  const experts = await em.find(Expert, whose, { orderBy: { id: 'asc' } });
  const asAsked = bookable({ startMs: toMs(asked.from), endMs: toMs(asked.until) }, toMs(now));
  const callMs = asked.callMinutes * MINUTE_MS;
  if (asAsked.startMs >= asAsked.endMs || experts.length === 0) return { slots: [], next: null };
  const within = withoutTooMany(asAsked, experts, asked.callMinutes);
  const diaries = await readDiaries(em, experts, { startMs: within.startMs, endMs: within.endMs + callMs });
  const free: Free = new Map();
  for (const expert of experts) {
    const startMs = Math.max(within.startMs, earliestOf(expert, now));
    for (const slot of slotsOf(diaries.get(expert.id)!, { startMs, endMs: within.endMs, callMs })) {
      const others = free.get(slot.startMs);
      if (others) others.push(expert.id);
      else free.set(slot.startMs, [expert.id]);
    }
  }
  const next = within.endMs < asAsked.endMs ? fromMs(within.endMs) : null;
  return { slots: toOpenSlots(free, callMs), next };
}

/**
 * Which of some experts cannot be called at this very instant, judged at `now`, and why; asked once
 * more where a call is recorded.
 */
export async function shutAt(
  em: Scoped,
  now: Instant,
  { expertIds, startsAt, callMinutes, movedCallId }: SlotAsked,
): Promise<ShutSlot[]> {
  const found = await em.find(Expert, { id: { $in: expertIds }, archivedAt: null });
  const startMs = toMs(startsAt);
  const callMs = callMinutes * MINUTE_MS;
  const isAhead = startMs <= toMs(now) + BOOKABLE_DAYS * DAY_MS;
  const experts = found.filter((expert) => isAhead && startMs >= earliestOf(expert, now));
  const diaries = await readDiaries(em, experts, { startMs, endMs: startMs + callMs, movedCallId });
  return expertIds.flatMap((id): ShutSlot[] => {
    const diary = diaries.get(id);
    if (diary && isSlotOpen(diary, startMs, callMs)) return [];
    return [{ id, why: diary && isCalled(diary, startMs, callMs) ? 'taken' : 'closed' }];
  });
}

/** `movedCallId`: the call that is to be there, which is not in its own way. */
export type SlotAsked = {
  expertIds: readonly string[];
  startsAt: Instant;
  callMinutes: number;
  movedCallId?: string | undefined;
};

const earliestOf = ({ noticeMinutes }: Expert, now: Instant): number => toMs(now) + noticeMinutes * MINUTE_MS;

const bookable = ({ startMs, endMs }: Range, nowMs: number): Range => ({
  startMs: Math.max(startMs, nowMs),
  endMs: Math.min(endMs, nowMs + BOOKABLE_DAYS * DAY_MS + 1),
});

/** A shorter range, where the experts' weeks have more slots than an answer. */
function withoutTooMany({ startMs, endMs }: Range, experts: readonly Expert[], callMinutes: number): Range {
  const hours = experts.flatMap(({ workingHours }) => Object.values(workingHours).flat());
  const slotsAWeek = hours.reduce((sum, { from, to }) => sum + (minutesOf(to) - minutesOf(from)) / callMinutes, 0);
  const days = Math.max(1, Math.floor((7 * MOST) / Math.max(1, slotsAWeek)));
  return { startMs, endMs: Math.min(endMs, startMs + days * DAY_MS) };
}

/** The experts who are free at an instant, in the order of their ids. */
type Free = Map<number, string[]>;

/** There are fewer instants than slots: these are put in order, and each is written once. */
const toOpenSlots = (free: Free, callMs: number): OpenSlot[] =>
  [...free]
    .sort(([one], [other]) => one - other)
    .flatMap(([startMs, expertIds]) => {
      const [startsAt, endsAt] = [fromMs(startMs), fromMs(startMs + callMs)];
      return expertIds.map((expertId) => ({ startsAt, endsAt, expertId }));
    });
