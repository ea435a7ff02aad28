import { z } from 'zod';
import { passkeysOf } from '../../db/people/passkeys.ts';
import { totpOf, countRecoveryCodes } from '../../db/people/second-factors.ts';
import { securityChangesOf } from '../../db/people/security-changes.ts';
import { endSessionById, endSessionsOf, sessionsOf } from '../../db/people/sessions.ts';
import { SECURITY_CHANGES } from '../../workflows/domain/security-change.ts';
import { id, idParams, instant } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { passkeySchema, toApiPasskey } from './passkey-schema.ts';
import { defineAdminRoute } from '../http/route.ts';

const tag = 'Own sign-in';

export const securitySchema = z
  .strictObject({
    email: z.string(),
    isRequired: z.boolean().describe('Whether the account asks for a second factor and there is none yet.'),
    app: z
      .strictObject({ since: instant })
      .nullable()
      .describe('The app that shows codes; null = none.')
      .meta({ id: 'SecondFactorApp' }),
    passkeys: z.array(passkeySchema).describe('The newest first.'),
    recoveryCodesLeft: z.int(),
    sessions: z.array(
      z.strictObject({
        id,
        createdAt: instant,
        expiresAt: instant,
        isThis: z.boolean().describe('The session by which this was asked.'),
      }),
    ),
    changes: z
      .array(
        z.strictObject({
          kind: z.enum(SECURITY_CHANGES),
          passkeyName: z.string().nullable(),
          byMyself: z.boolean(),
          reason: z.string().nullable(),
          at: instant,
        }),
      )
      .describe('The latest, the newest first.'),
  })
  .meta({ id: 'OwnSignIn', description: 'By real time, as all that is about logging in.' });

const read = defineAdminRoute({
  method: 'get',
  path: '/v1/own-sign-in',
  tag,
  operationId: 'getOwnSignIn',
  summary: 'Read how one logs in oneself: second factor, sessions, what has changed',
  answers: { 200: securitySchema },
  async handle({ unscoped: em, admin, caller, session }) {
    const [app, changes] = [await totpOf(em, admin.id), await securityChangesOf(em, admin.id)];
    const sessions = await sessionsOf(em, admin.id);
    return {
      status: 200,
      body: {
        email: admin.email,
        isRequired: caller.mustEnrol === true,
        app: app?.confirmedAt ? { since: app.confirmedAt } : null,
        passkeys: (await passkeysOf(em, { adminId: admin.id })).map(toApiPasskey),
        recoveryCodesLeft: await countRecoveryCodes(em, admin.id),
        sessions: sessions.map(({ id: sessionId, createdAt, expiresAt, tokenHash }) => ({
          id: sessionId,
          createdAt,
          expiresAt,
          isThis: tokenHash === session.tokenHash,
        })),
        changes: changes.map(({ kind, passkeyName, actor, reason, createdAt: at }) => ({
          kind,
          passkeyName,
          byMyself: actor.id === admin.id,
          reason,
          at,
        })),
      },
    };
  },
});

const endOne = defineAdminRoute({
  method: 'delete',
  path: '/v1/own-sign-in/sessions/{sessionId}',
  tag,
  operationId: 'endOwnSession',
  audit: { kind: 'admin.session_ended' },
  summary: 'End a session of one’s own',
  params: idParams('sessionId'),
  answers: { 204: null },
  problems: [404],
  async handle({ unscoped, admin, params }) {
    if (!(await endSessionById(unscoped, { adminId: admin.id }, params.sessionId))) throw notFound('session');
    return { status: 204 };
  },
});

const endOthers = defineAdminRoute({
  method: 'post',
  path: '/v1/own-sign-in/end-other-sessions',
  tag,
  operationId: 'endOwnOtherSessions',
  audit: { kind: 'admin.other_sessions_ended' },
  summary: 'End all sessions of one’s own but this',
  answers: { 204: null },
  async handle({ unscoped, admin, session }) {
    await endSessionsOf(unscoped, { adminId: admin.id }, session);
    return { status: 204 };
  },
});

export const securityRoutes = { read, endOne, endOthers };
