import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import { Broadcast } from '../../db/entities/broadcast.ts';
import { findBroadcast, listBroadcasts } from '../../db/mail/broadcasts.ts';
import { NEWEST } from '../../db/page.ts';
import { BILLING } from '../auth/roles.ts';
import { readPage, toShownPage } from '../http/cursor.ts';
import { idParams, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { audience, lockedDraft } from './broadcast-drafts.ts';
import { broadcastSendingRoutes } from './broadcast-sending.ts';
import { audienceSchema, broadcastSchema, givenBroadcast } from './broadcast-schema.ts';
import { AS_WRITTEN, broadcastView, broadcastViews, toWords } from './broadcast-view.ts';
import { checkWords } from './email-templates.ts';

const all = { path: '/v1/broadcasts', tag: 'Emails', roles: BILLING } as const;
const shows = fieldsOf(Broadcast);
const one = {
  path: '/v1/broadcasts/{broadcastId}',
  tag: 'Emails',
  roles: BILLING,
  params: idParams('broadcastId'),
} as const;

const example = {
  name: 'Spring kiln',
  segment: 'subscribed',
  subject: 'The spring kiln opens',
  body: ['The kiln opens on Monday.', 'There is room for twelve.'],
  button: { label: 'Take a place', url: 'https://willow-and-wheel.example/kiln' },
} as const;

const list = defineRoute({
  ...all,
  method: 'get',
  operationId: 'listBroadcasts',
  summary: 'List broadcasts with what has become of them, the newest first',
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(broadcastSchema) },
  async handle({ em, query }) {
    const page = await listBroadcasts(em, readPage(query, NEWEST));
    return { status: 200, body: toShownPage(page, await broadcastViews(em, page.rows)) };
  },
});

const create = defineRoute({
  ...all,
  method: 'post',
  operationId: 'createBroadcast',
  audit: { kind: 'broadcast.created', shows },
  location: '/v1/broadcasts/{id}',
  summary: 'Write a broadcast: one email to a segment, of whom those get it who have subscribed',
  description: 'It is a draft until it is sent. With `dryRun` nothing is kept: the answer says who would get it.',
  body: z.strictObject({ ...givenBroadcast, dryRun: z.boolean().optional() }),
  example: { ...example, body: [...example.body] },
  answers: { 200: audienceSchema, 201: broadcastSchema },
  async handle({ em, account, caller, now, body: { dryRun, ...given } }) {
    const written = writtenOf(given);
    if (dryRun) return { status: 200 as const, body: await audience(em, given.segment, now) };
    const made = { ...written, id: uuid(), accountId: account.id, jobId: null, createdAt: now, actor: caller.actor };
    const broadcast = em.create(Broadcast, made);
    await em.flush();
    return { status: 201 as const, body: await broadcastView(em, broadcast) };
  },
});

type Given = z.output<z.ZodObject<typeof givenBroadcast>>;

/** @throws Problem 422 that names where each fault of the words stands */
function writtenOf({ name, segment, ...text }: Given) {
  const words = toWords(text);
  checkWords(AS_WRITTEN, words);
  return { name: name ?? text.subject, segment, words, buttonUrl: text.button?.url ?? null };
}

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getBroadcast',
  summary: 'Read a broadcast: what it says, how far it is, and what has become of its emails',
  answers: { 200: broadcastSchema },
  async handle({ em, params }) {
    const broadcast = await findBroadcast(em, params.broadcastId);
    if (!broadcast) throw notFound('broadcast');
    return { status: 200, body: await broadcastView(em, broadcast) };
  },
});

const put = defineRoute({
  ...one,
  method: 'put',
  operationId: 'putBroadcast',
  audit: { kind: 'broadcast.changed', shows },
  summary: 'Write a draft anew',
  body: z.strictObject(givenBroadcast),
  example: { ...example, body: [...example.body] },
  answers: { 200: broadcastSchema },
  problems: [409],
  async handle({ em, params, body }) {
    const broadcast = await lockedDraft(em, params.broadcastId);
    Object.assign(broadcast, writtenOf(body));
    await em.flush();
    return { status: 200, body: await broadcastView(em, broadcast) };
  },
});

const remove = defineRoute({
  ...one,
  method: 'delete',
  operationId: 'deleteBroadcast',
  audit: { kind: 'broadcast.deleted', shows },
  summary: 'Delete a draft',
  answers: { 204: null },
  problems: [409],
  async handle({ em, params }) {
    await em.remove(await lockedDraft(em, params.broadcastId)).flush();
    return { status: 204 };
  },
});

export const broadcastRoutes = { ...broadcastSendingRoutes, list, create, read, put, remove };
