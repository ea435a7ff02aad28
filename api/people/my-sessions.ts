import { z } from 'zod';
import { endSessionById, endSessionsOf, listSessions } from '../../db/people/sessions.ts';
import type { Session } from '../../db/entities/session.ts';
import { id, idParams, instant } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineCustomerRoute } from '../http/route.ts';

const all = { path: '/v1/me/sessions', tag: 'Customer' } as const;

const BEGUN_BY = ['password', 'link', 'passkey'] as const;

/** Where somebody is logged in [R14.1]. */
export const sessionRowSchema = z
  .strictObject({
    id,
    begunBy: z.enum(BEGUN_BY).describe('`link`: one that was mailed.'),
    createdAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'LoggedIn', description: 'One browser that is logged in, by real time.' });

export const toApiSession = ({ id: sessionId, byLink, byPasskey, createdAt, expiresAt }: Session) => ({
  id: sessionId,
  begunBy: begunBy({ byLink, byPasskey }),
  createdAt,
  expiresAt,
});

function begunBy({ byLink, byPasskey }: Pick<Session, 'byLink' | 'byPasskey'>): (typeof BEGUN_BY)[number] {
  if (byPasskey) return 'passkey';
  return byLink ? 'link' : 'password';
}

const mySession = sessionRowSchema
  .extend({ isCurrent: z.boolean().describe('It is the one with which this was asked.') })
  .meta({ id: 'LoggedInAsMe' });

const list = defineCustomerRoute({
  ...all,
  method: 'get',
  operationId: 'listMySessions',
  summary: 'List where they are logged in, the newest first, at most 50',
  answers: { 200: z.strictObject({ data: z.array(mySession) }) },
  async handle({ em, contact, session: { id: currentId } }) {
    const sessions = await listSessions(em, contact);
    const data = sessions.map((one) => ({ ...toApiSession(one), isCurrent: one.id === currentId }));
    return { status: 200, body: { data } };
  },
});

const endOne = defineCustomerRoute({
  ...all,
  method: 'delete',
  path: '/v1/me/sessions/{sessionId}',
  operationId: 'endMySession',
  audit: { kind: 'contact.session_ended' },
  summary: 'Log out elsewhere, or here',
  params: idParams('sessionId'),
  answers: { 204: null },
  async handle({ em, contact, params: { sessionId } }) {
    if (!(await endSessionById(em, { contactId: contact.id }, sessionId))) throw notFound('session');
    return { status: 204 };
  },
});

const endOthers = defineCustomerRoute({
  ...all,
  method: 'delete',
  operationId: 'endMyOtherSessions',
  audit: { kind: 'contact.other_sessions_ended' },
  summary: 'Log out everywhere else',
  answers: { 204: null },
  async handle({ em, contact, session }) {
    await endSessionsOf(em, { contactId: contact.id }, session);
    return { status: 204 };
  },
});

export const mySessionRoutes = { list, endOne, endOthers };
