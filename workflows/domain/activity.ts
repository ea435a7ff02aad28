import { addDays, type Instant } from './instant.ts';

/**
 * What a person does by themselves and counts as activity [R17.1]; opening emails, what admins do,
 * renewals and grants do not.
 */
export const ACTIVITY_KINDS = [
  'login',
  'lesson_viewed',
  'lesson_completed',
  'course_completed',
  'quiz_taken',
  'commented',
  'posted',
  'opted_in',
  'purchased',
  'settings_changed',
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** Which of them are about one lesson, and which about a product as a whole. */
export const ABOUT = {
  login: 'nothing',
  lesson_viewed: 'lesson',
  lesson_completed: 'lesson',
  course_completed: 'product',
  quiz_taken: 'nothing',
  commented: 'nothing',
  posted: 'nothing',
  opted_in: 'nothing',
  purchased: 'nothing',
  settings_changed: 'nothing',
} as const satisfies Record<ActivityKind, 'nothing' | 'lesson' | 'product'>;

/** How long a login, and something else that was done, make somebody active [R17.2]. */
export const ACTIVE_DAYS = 30;

/** The newest login and the newest of everything else. */
export type Latest = { lastLoginAt: Instant | null; lastOtherAt: Instant | null };

/**
 * When somebody ceases to be active if they do nothing more: at that very instant they are not. The
 * newest of each suffice, since older ones cease before. null = one of both is missing.
 */
export function activeUntil({ lastLoginAt, lastOtherAt }: Latest): Instant | null {
  if (lastLoginAt === null || lastOtherAt === null) return null;
  return addDays(lastLoginAt < lastOtherAt ? lastLoginAt : lastOtherAt, ACTIVE_DAYS);
}
