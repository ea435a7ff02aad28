import { z } from 'zod';
import { ABOUT, ACTIVE_DAYS, ACTIVITY_KINDS, type ActivityKind } from '../../workflows/domain/activity.ts';
import { MINUTE_MS } from '../../workflows/domain/instant.ts';
import { givenId, givenInstant, id, instant } from '../http/fields.ts';

/** So many are taken at once. */
export const MOST_ACTIVITIES = 1_000;

const word = z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters');
export const activityKind = z.enum(ACTIVITY_KINDS);

const about = {
  productId: givenId.optional().describe('Of which product; lessons and courses need it.'),
  lessonId: word.optional().describe('As your product names it; lessons alone have it.'),
};

type About = { kind: ActivityKind; productId?: string | undefined; lessonId?: string | undefined };

function checkAbout({ kind, productId, lessonId }: About, context: z.RefinementCtx): void {
  const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
  if (ABOUT[kind] !== 'nothing' && productId === undefined) fault('productId', 'is needed for this kind');
  if (ABOUT[kind] === 'lesson' && lessonId === undefined) fault('lessonId', 'is needed for this kind');
  if (ABOUT[kind] !== 'lesson' && lessonId !== undefined) fault('lessonId', 'is for lessons alone');
}

const newActivity = z
  .strictObject({
    id: word.describe('Yours, unique in the account: what is sent once more under it counts once.'),
    contactId: givenId,
    kind: activityKind,
    at: givenInstant,
    ...about,
  })
  .superRefine(checkAbout);

const some = <One extends z.ZodType<{ id: string }>>(one: One, most: number) =>
  z.strictObject({
    data: z
      .array(one)
      .min(1, 'must not be empty')
      .max(most, `must have at most ${most}`)
      .refine((all) => new Set(all.map(({ id: its }) => its)).size === all.length, 'must not have an id twice'),
  });

export const newActivities = some(newActivity, MOST_ACTIVITIES);

/** So many a browser sends at once, and so long ago at the most they were done. */
export const MOST_OF_BROWSER = 100;
const LONGEST_AGO_MS = ACTIVE_DAYS * 24 * 60 * MINUTE_MS;

const ofBrowser = z
  .strictObject({
    id: word.describe('Unique for this person: what is sent once more under it counts once.'),
    kind: z.enum(ACTIVITY_KINDS).exclude(['login']).describe('Logins are for your server to report.'),
    agoMs: z.int().min(0).max(LONGEST_AGO_MS).default(0).describe('How long ago: clocks of browsers go wrong.'),
    ...about,
  })
  .superRefine(checkAbout);

export const activitiesOfBrowser = some(ofBrowser, MOST_OF_BROWSER);

export const activityTokenSchema = z
  .strictObject({ token: z.string(), expiresAt: instant.describe('By real time.'), script: z.string() })
  .meta({ id: 'ActivityToken', description: 'What a page of your product needs to report what this person does.' });

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
