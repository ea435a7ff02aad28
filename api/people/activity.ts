import { z } from 'zod';
import type { ActivitySummary, ProductProgress } from '../../db/people/activity-of-contact.ts';
import { activitySummaryOf, LATEST_DONE, listActivity, progressOf } from '../../db/people/activity-of-contact.ts';
import { latest } from '../../workflows/domain/instant.ts';
import { EVERYBODY, PEOPLE } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { idParams, pageOf, pageQuery } from '../http/fields.ts';
import { defineRoute } from '../http/route.ts';
import {
  activitiesTaken,
  activitySchema,
  activitySummary,
  MOST_ACTIVITIES,
  newActivities,
  progressSchema,
} from './activity-schema.ts';
import { takeIn } from './take-activity.ts';
import { theContact } from './the-contact.ts';

const tag = 'Activity';

const report = defineRoute({
  method: 'post',
  path: '/v1/activity',
  tag,
  operationId: 'reportActivity',
  audit: { none: 'Said by the product about its people, in batches.' },
  summary: 'Report what people did at the product',
  description: `Up to ${MOST_ACTIVITIES} at once, in any order and however often: each counts once, by its id, and older ones take their place.`,
  roles: PEOPLE,
  body: newActivities,
  example: {
    data: [
      {
        id: 'login-8841',
        contactId: '0198c0de-0000-7000-8000-000000000004',
        kind: 'login',
        at: '2027-01-31T09:00:00Z',
      },
    ],
  },
  answers: { 200: activitiesTaken },
  handle: async ({ em, account, now, body }) => ({ status: 200, body: await takeIn(em, account.id, { ...body, now }) }),
});

const ofContact = { method: 'get', tag, params: idParams('contactId'), roles: EVERYBODY } as const;

const list = defineRoute({
  ...ofContact,
  path: '/v1/contacts/{contactId}/activity',
  operationId: 'listActivity',
  summary: 'List what a person did, the newest first',
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(activitySchema) },
  async handle(call) {
    const { id } = await theContact(call);
    const page = await listActivity(call.em, id, readPage(call.query, LATEST_DONE));
    return {
      status: 200,
      body: toApiPage(page, ({ id: its, kind, at, productId, lessonId }) => ({
        id: its,
        kind,
        at,
        productId,
        lessonId,
      })),
    };
  },
});

const summary = defineRoute({
  ...ofContact,
  path: '/v1/contacts/{contactId}/activity/summary',
  operationId: 'getActivitySummary',
  summary: 'Read when a person last did something, and how much on which day of late',
  answers: { 200: activitySummary },
  async handle(call) {
    const { timeZone } = call.account;
    const found = await activitySummaryOf(call.em, await theContact(call), { now: call.now, timeZone });
    return { status: 200, body: toApiSummary(found) };
  },
});

const toApiSummary = ({ lastLoginAt, lastOtherAt, activeUntil, days }: ActivitySummary) => ({
  lastActivityAt:
    lastLoginAt === null || lastOtherAt === null ? (lastLoginAt ?? lastOtherAt) : latest(lastLoginAt, lastOtherAt),
  lastLoginAt,
  isActive: activeUntil !== null,
  activeUntil,
  days,
});

const progress = defineRoute({
  ...ofContact,
  path: '/v1/contacts/{contactId}/progress',
  operationId: 'listProgress',
  summary: 'List how far a person is in each product; nothing that happens to a purchase changes it',
  answers: { 200: z.strictObject({ data: z.array(progressSchema) }) },
  async handle(call) {
    const found = await progressOf(call.em, await theContact(call));
    return { status: 200, body: { data: found.map(toApiProgress) } };
  },
});

function toApiProgress({ productId, productName, steps }: ProductProgress): z.input<typeof progressSchema> {
  const course = steps.find(({ lessonId }) => lessonId === '');
  const lastAt = steps.map(({ viewedAt, completedAt }) => completedAt ?? viewedAt).reduce(latest);
  const lessons = steps.filter(({ lessonId }) => lessonId !== '');
  return { productId, productName, lastAt, completedAt: course?.completedAt ?? null, lessons };
}

export const activityRoutes = { report, list, summary, progress };
