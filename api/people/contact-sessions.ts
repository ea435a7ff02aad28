import { z } from 'zod';
import { endSessionById, endSessionsOf, listSessions } from '../../db/people/sessions.ts';
import { PEOPLE } from '../auth/roles.ts';
import { givenId, idParams } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { sessionRowSchema, toApiSession } from './my-sessions.ts';
import { theContact } from './the-contact.ts';

const all = {
  path: '/v1/contacts/{contactId}/sessions',
  tag: 'Contacts',
  params: idParams('contactId'),
  roles: PEOPLE,
} as const;

const list = defineRoute({
  ...all,
  method: 'get',
  operationId: 'listSessionsOfContact',
  summary: 'List where a contact is logged in, the newest first, at most 50',
  answers: { 200: z.strictObject({ data: z.array(sessionRowSchema) }) },
  async handle(call) {
    const sessions = await listSessions(call.em, await theContact(call));
    return { status: 200, body: { data: sessions.map(toApiSession) } };
  },
});

const endOne = defineRoute({
  ...all,
  method: 'delete',
  path: '/v1/contacts/{contactId}/sessions/{sessionId}',
  operationId: 'endSessionOfContact',
  audit: { kind: 'contact.session_ended' },
  summary: 'Log a contact out in one browser',
  params: z.object({ contactId: givenId, sessionId: givenId }),
  answers: { 204: null },
  async handle(call) {
    const { id: contactId } = await theContact(call);
    if (!(await endSessionById(call.em, { contactId }, call.params.sessionId))) throw notFound('session');
    return { status: 204 };
  },
});

const endAll = defineRoute({
  ...all,
  method: 'delete',
  operationId: 'endSessionsOfContact',
  audit: { kind: 'contact.other_sessions_ended' },
  summary: 'Log a contact out everywhere',
  answers: { 204: null },
  async handle(call) {
    const { id: contactId } = await theContact(call);
    await endSessionsOf(call.em, { contactId });
    return { status: 204 };
  },
});

export const contactSessionRoutes = { list, endOne, endAll };
