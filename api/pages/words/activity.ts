import type { ActivityKind } from '../../../workflows/domain/activity.ts';

export const ACTIVITY_WORDS: Record<ActivityKind, string> = {
  login: 'Logged in',
  lesson_viewed: 'Viewed a lesson',
  lesson_completed: 'Completed a lesson',
  course_completed: 'Completed a course',
  quiz_taken: 'Took a quiz',
  commented: 'Commented',
  posted: 'Posted',
  opted_in: 'Subscribed while logged in',
  purchased: 'Bought something',
  settings_changed: 'Changed their settings',
};
