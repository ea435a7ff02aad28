import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import { Segment } from '../../db/entities/segment.ts';
import { broadcastsTo } from '../../db/mail/broadcasts.ts';
import { countContacts } from '../../db/people/contact-list.ts';
import { conditionOfRule, lockedSegments, MOST_SEGMENTS, segmentsOfAccount } from '../../db/people/segments.ts';
import { namedSegments } from '../../workflows/domain/segment.ts';
import { PEOPLE } from '../auth/roles.ts';
import { count } from '../http/counts.ts';
import { idParams } from '../http/fields.ts';
import { invalid, Problem } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { checkRule, inUse } from './check-rule.ts';
import { newSegment, segmentRule, segmentSchema } from './segment-schema.ts';
import { theSegment } from './the-segment.ts';

const all = { path: '/v1/segments', tag: 'Contacts', roles: PEOPLE } as const;
const shows = fieldsOf(Segment);
const one = {
  path: '/v1/segments/{segmentId}',
  tag: 'Contacts',
  params: idParams('segmentId'),
  roles: PEOPLE,
} as const;

const toApiSegment = ({ id, name, match, filters, createdAt }: Segment): z.output<typeof segmentSchema> => ({
  id,
  name,
  match,
  filters,
  createdAt,
});

const list = defineRoute({
  ...all,
  method: 'get',
  operationId: 'listSegments',
  summary: 'List the segments of your own, by their names',
  answers: { 200: z.strictObject({ data: z.array(segmentSchema) }) },
  handle: async ({ em }) => ({ status: 200, body: { data: (await segmentsOfAccount(em)).map(toApiSegment) } }),
});

const countThem = defineRoute({
  path: '/v1/segments/count',
  tag: 'Contacts',
  roles: PEOPLE,
  method: 'post',
  operationId: 'countSegment',
  audit: { none: 'It only counts.' },
  summary: 'Count whom a segment with these filters would have',
  body: segmentRule,
  example: { filters: [{ kind: 'tag', tag: 'vienna' }] },
  answers: { 200: count },
  async handle({ em, now, body }) {
    await checkRule(em, { ...body, id: uuid() }, await segmentsOfAccount(em));
    return { status: 200, body: await countContacts(em, { members: await conditionOfRule(em, body, now) }) };
  },
});

const create = defineRoute({
  ...all,
  method: 'post',
  operationId: 'createSegment',
  audit: { kind: 'segment.created', shows },
  location: '/v1/segments/{id}',
  summary: 'Make a segment',
  description: 'Its members are whoever meets its filters at the moment that somebody asks.',
  body: newSegment,
  example: { name: 'From Vienna', filters: [{ kind: 'tag', tag: 'vienna' }] },
  answers: { 201: segmentSchema },
  problems: [409],
  async handle({ em, account, now, body }) {
    const row = { ...body, id: uuid() };
    const others = await lockedSegments(em);
    await checkRule(em, row, others);
    checkName(row, others);
    if (others.length >= MOST_SEGMENTS)
      throw invalid('name', `is of one more than the ${MOST_SEGMENTS} that there may be`);
    const made = em.create(Segment, { ...row, accountId: account.id, createdAt: now });
    await em.flush();
    return { status: 201, body: toApiSegment(made) };
  },
});

/** @throws Problem 409 */
function checkName({ id, name }: Pick<Segment, 'id' | 'name'>, others: readonly Segment[]): void {
  if (!others.some((other) => other.id !== id && other.name.toLowerCase() === name.toLowerCase())) return;
  throw new Problem(409, 'duplicate', { detail: 'There is a segment with this name already.', field: 'name' });
}

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getSegment',
  summary: 'Read a segment',
  answers: { 200: segmentSchema },
  handle: async (call) => ({ status: 200, body: toApiSegment(await theSegment(call)) }),
});

const change = defineRoute({
  ...one,
  method: 'put',
  operationId: 'replaceSegment',
  audit: { kind: 'segment.changed', shows },
  summary: 'Give a segment another name and other filters',
  body: newSegment,
  example: { name: 'From Vienna', match: 'any', filters: [{ kind: 'tag', tag: 'vienna' }] },
  answers: { 200: segmentSchema },
  problems: [409],
  async handle(call) {
    const given = call.body;
    const segments = await lockedSegments(call.em);
    const segment = await theSegment(call);
    await checkRule(call.em, { ...given, id: segment.id }, segments);
    checkName({ ...given, id: segment.id }, segments);
    Object.assign(segment, given);
    await call.em.flush();
    return { status: 200, body: toApiSegment(segment) };
  },
});

const remove = defineRoute({
  ...one,
  method: 'delete',
  operationId: 'deleteSegment',
  audit: { kind: 'segment.deleted', shows },
  summary: 'Delete a segment; its contacts stay',
  answers: { 204: null },
  problems: [409],
  async handle(call) {
    const others = await lockedSegments(call.em);
    const segment = await theSegment(call);
    const users = others.filter((other) => namedSegments(other).includes(segment.id));
    if (users.length > 0) throw inUse(users);
    const broadcasts = await broadcastsTo(call.em, segment.id);
    if (broadcasts.length > 0) throw awaited(broadcasts);
    call.em.remove(segment);
    await call.em.flush();
    return { status: 204 };
  },
});

const awaited = (broadcasts: readonly string[]): Problem =>
  new Problem(409, 'in_use', {
    detail: `Broadcasts are to go to it: ${broadcasts.join(', ')}. Change, delete or cancel them first.`,
  });

export const segmentRoutes = { list, countThem, create, read, change, remove };
