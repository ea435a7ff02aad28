import { z } from 'zod';
import { HAPPENED, listAccountTimeline } from '../../db/purchase/account-timeline.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { defineRoute } from '../http/route.ts';
import { givenInstant, pageOf, pageQuery } from '../http/fields.ts';
import { accountTimelineEntry } from './account-timeline-schema.ts';
import { toApiTimelineEntry } from './account-timeline-view.ts';
import { MONEY_READERS } from '../auth/roles.ts';

const list = defineRoute({
  method: 'get',
  path: '/v1/timeline',
  tag: 'Account',
  operationId: 'listAccountTimeline',
  summary: 'List what has happened to all purchases, and the emails about it, the oldest first',
  description:
    'By the instants as of which things hold. After a test clock has moved: everything that happened on its way.',
  roles: MONEY_READERS,
  query: z.strictObject({
    ...pageQuery,
    after: givenInstant.describe('Not what happened at this instant, but what came after it.'),
    until: givenInstant.describe('Up to this instant, and at it.'),
  }),
  answers: { 200: pageOf(accountTimelineEntry) },
  async handle({ em, query: { limit, cursor, ...span } }) {
    const page = await listAccountTimeline(em, span, readPage({ limit, cursor }, { by: HAPPENED }));
    return { status: 200, body: toApiPage(page, (happened) => toApiTimelineEntry(happened, page)) };
  },
});

export const accountTimelineRoutes = { list };
