import { z } from 'zod';
import { ABOUT, ACTIVE_DAYS, ACTIVITY_KINDS } from '../../workflows/domain/activity.ts';
import { givenId, givenInstant, id, instant } from '../http/fields.ts';

/** So many are taken at once. */
export const MOST_ACTIVITIES = 1_000;

const word = z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters');
export const activityKind = z.enum(ACTIVITY_KINDS);

const newActivity = z
  .strictObject({
    id: word.describe('Yours, unique in the account: what is sent once more under it counts once.'),
    contactId: givenId,
    kind: activityKind,
    at: givenInstant,
    productId: givenId.optional().describe('Of which product; lessons and courses need it.'),
    lessonId: word.optional().describe('As your product names it; lessons alone have it.'),
  })
  .superRefine(({ kind, productId, lessonId }, context) => {
    const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (ABOUT[kind] !== 'nothing' && productId === undefined) fault('productId', 'is needed for this kind');
    if (ABOUT[kind] === 'lesson' && lessonId === undefined) fault('lessonId', 'is needed for this kind');
    if (ABOUT[kind] !== 'lesson' && lessonId !== undefined) fault('lessonId', 'is for lessons alone');
  });

export const newActivities = z.strictObject({
  data: z
    .array(newActivity)
    .min(1, 'must not be empty')
    .max(MOST_ACTIVITIES, `must have at most ${MOST_ACTIVITIES}`)
    .refine((all) => new Set(all.map((one) => one.id)).size === all.length, 'must not have an id twice'),
});

const REFUSED_REASONS = ['unknown_contact', 'unknown_product', 'in_future'] as const;

export const activitiesTaken = z
  .strictObject({
    recorded: z.int(),
    repeated: z.int().describe('They were there before; what was said of them then stays.'),
    refused: z
      .array(z.strictObject({ id: z.string(), reason: z.enum(REFUSED_REASONS) }))
      .describe('Sent again, they would be refused again. `in_future`: more than five minutes ahead of our clock.'),
  })
  .meta({ id: 'ActivitiesTaken' });

export const activitySchema = z
  .strictObject({
    id,
    kind: activityKind,
    at: instant,
    productId: id.nullable(),
    lessonId: z.string().nullable(),
  })
  .meta({ id: 'Activity', description: 'Something that a person did by themselves.' });

export const activitySummary = z
  .strictObject({
    lastActivityAt: instant.nullable(),
    lastLoginAt: instant.nullable(),
    isActive: z.boolean().describe(`A customer who logged in and did something else within ${ACTIVE_DAYS} days.`),
    activeUntil: instant.nullable().describe('When that ends if nothing more is done; null = they are not active.'),
    days: z
      .array(z.strictObject({ day: z.iso.date(), logins: z.int(), others: z.int() }))
      .describe(
        'The last 90 days by the account’s zone, the newest first; those on which nothing was done are left out.',
      ),
  })
  .meta({ id: 'ActivitySummary' });

export const progressSchema = z
  .strictObject({
    productId: id,
    productName: z.string(),
    lastAt: instant,
    completedAt: instant.nullable().describe('When the course as a whole was completed.'),
    lessons: z.array(z.strictObject({ lessonId: z.string(), viewedAt: instant, completedAt: instant.nullable() })),
  })
  .meta({ id: 'Progress', description: 'How far somebody is in a product, as the product has told.' });
