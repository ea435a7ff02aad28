import { z } from 'zod';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { v7 as uuid } from 'uuid';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { Admin } from '../../db/entities/admin.ts';
import { findPage, NEWEST } from '../../db/page.ts';
import { findAdmin, removeAdmin, transferOwnership } from '../../db/people/admins.ts';
import { withSecondFactor } from '../../db/people/second-factors.ts';
import { followOwner } from '../../db/platform/follow-owner.ts';
import { mayMailLink, queueInvitation } from '../../db/people/login-links.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { GIVEN_ROLES_OF_PLATFORM, ROLES } from '../../workflows/domain/verb.ts';
import { BILLING, checkRole, OWNERS } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { email, id, idParams, instant, pageOf, pageQuery } from '../http/fields.ts';
import { notFound, Problem, wrongState } from '../http/problem.ts';
import { checkQuota } from '../platform/check-quota.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';

const shows = fieldsOf(Admin, 'role', 'confirmedAt', 'removedAt');
const tag = 'Account';
const one = { path: '/v1/admins/{adminId}', tag, params: idParams('adminId'), roles: BILLING } as const;

export type AdminDeps = { wakes: Pick<Wakes, 'startMail' | 'wake'> };

const givenRole = z.enum(GIVEN_ROLES_OF_PLATFORM).describe('`operator`: at the account of the platform alone.');

export const adminSchema = z
  .strictObject({
    id,
    email: z.string(),
    role: z.enum(ROLES),
    state: z.enum(['invited', 'confirmed']).describe('`invited`: the address is not confirmed yet.'),
    invitedBy: z
      .strictObject({ kind: z.string(), id: id.nullable() })
      .nullable()
      .describe('null = the account was made with them.'),
    hasSecondFactor: z.boolean(),
    createdAt: instant.describe('By real time, as all that is about logging in.'),
    confirmedAt: instant.nullable(),
  })
  .meta({ id: 'Admin' });

const toApiAdmin = (
  { id: adminId, email: address, role, invitedBy, createdAt, confirmedAt }: Admin,
  secured: ReadonlySet<string>,
): z.input<typeof adminSchema> => ({
  id: adminId,
  email: address,
  role,
  state: confirmedAt ? 'confirmed' : 'invited',
  invitedBy: invitedBy && { kind: invitedBy.kind, id: invitedBy.id },
  hasSecondFactor: secured.has(adminId),
  createdAt,
  confirmedAt,
});

export const adminView = async (em: Scoped, admin: Admin): Promise<z.input<typeof adminSchema>> =>
  toApiAdmin(admin, await withSecondFactor(em, [admin.id]));

const list = defineRoute({
  method: 'get',
  path: '/v1/admins',
  tag,
  operationId: 'listAdmins',
  summary: 'List the admins of the account, the newest first',
  roles: BILLING,
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(adminSchema) },
  async handle({ em, query }) {
    const page = await findPage(em, Admin, { order: NEWEST, where: { removedAt: null } }, readPage(query, NEWEST));
    const secured = await withSecondFactor(
      em,
      page.rows.map(({ id: adminId }) => adminId),
    );
    return { status: 200, body: toApiPage(page, (admin) => toApiAdmin(admin, secured)) };
  },
});

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getAdmin',
  summary: 'Read an admin',
  answers: { 200: adminSchema },
  handle: async (call) => ({ status: 200, body: await adminView(call.em, await theAdmin(call)) }),
});

const invite = defineRoute({
  method: 'post',
  path: '/v1/admins',
  tag,
  operationId: 'inviteAdmin',
  audit: { kind: 'admin.invited', shows },
  summary: 'Invite somebody to help run the account',
  description: 'Mails a link, valid for 24 hours, by which they confirm the address and choose a password.',
  roles: BILLING,
  body: z.strictObject({ email, role: givenRole }),
  example: { email: 'grace@example.com', role: 'support' },
  answers: { 201: adminSchema },
  problems: [409, 429],
  async handle(call, deps: AdminDeps) {
    const { em, account, body, caller } = call;
    checkRole(body.role, account);
    if ((await em.count(Admin, { email: body.email, removedAt: null })) > 0)
      throw new Problem(409, 'duplicate', { detail: 'This is the address of an admin already.', field: 'email' });
    await checkQuota(em, 'admins');
    const admin = em.create(Admin, {
      ...body,
      id: uuid(),
      accountId: account.id,
      passwordHash: null,
      confirmedAt: null,
      invitedBy: caller.actor,
      removedAt: null,
      createdAt: fromMs(Date.now()),
    });
    await em.flush();
    await mailInvitation(call, admin, deps);
    return { status: 201, body: await adminView(em, admin) };
  },
});

const inviteAgain = defineRoute({
  ...one,
  method: 'post',
  path: `${one.path}/invitation`,
  operationId: 'inviteAdminAgain',
  audit: { kind: 'admin.invited_again' },
  summary: 'Mail the invitation once more, at most three an hour',
  answers: { 200: adminSchema },
  problems: [409, 429],
  async handle(call, deps: AdminDeps) {
    const admin = await theAdmin(call);
    if (admin.confirmedAt) throw wrongState('They have confirmed their address already.');
    await mailInvitation(call, admin, deps);
    return { status: 200, body: await adminView(call.em, admin) };
  },
});

/** @throws Problem 429 */
async function mailInvitation(
  { em, afterCommit }: Pick<AccountCall<unknown, unknown, unknown>, 'em' | 'afterCommit'>,
  { id: adminId, email: address }: Admin,
  { wakes }: AdminDeps,
): Promise<void> {
  if (!(await mayMailLink(em.fork({ keepTransactionContext: false }), address)))
    throw new Problem(429, 'too_many_requests', { detail: 'They were mailed three times within an hour.' });
  const emailId = await queueInvitation(em, adminId, fromMs(Date.now()));
  if (emailId) afterCommit(() => wakes.startMail(emailId));
}

const change = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'updateAdmin',
  audit: { kind: 'admin.changed', shows },
  summary: "Change an admin's role, at once",
  body: z.strictObject({ role: givenRole }),
  example: { role: 'assistant' },
  answers: { 200: adminSchema },
  problems: [409],
  async handle(call) {
    const admin = await theAdmin(call);
    checkNotOwner(admin);
    checkRole(call.body.role, call.account);
    admin.role = call.body.role;
    await call.em.flush();
    return { status: 200, body: await adminView(call.em, admin) };
  },
});

const remove = defineRoute({
  ...one,
  method: 'delete',
  operationId: 'removeAdmin',
  audit: { kind: 'admin.removed', shows },
  summary: 'Remove an admin, who is signed out at once',
  answers: { 204: null },
  problems: [409],
  async handle(call) {
    const admin = await theAdmin(call);
    checkNotOwner(admin);
    await removeAdmin(call.em, admin, fromMs(Date.now()));
    return { status: 204 };
  },
});

const transfer = defineRoute({
  ...one,
  method: 'post',
  path: `${one.path}/transfer-ownership`,
  operationId: 'transferOwnership',
  audit: { kind: 'admin.made_owner', shows },
  summary: 'Make an admin the owner; who was the owner becomes an administrator',
  roles: OWNERS,
  answers: { 200: adminSchema },
  problems: [409],
  async handle(call, { wakes }: AdminDeps) {
    const admin = await theAdmin(call);
    if (admin.role === 'owner') throw wrongState('They are the owner already.');
    if (!admin.confirmedAt) throw wrongState('They have to confirm their address first.');
    if (!(await transferOwnership(call.em, admin))) throw wrongState('Ownership has just been transferred.');
    const handedOver = await followOwner(call.em, call.account.id, call.caller.actor);
    // The sweep finds those that are not woken.
    call.afterCommit(async () => {
      for (const { purchaseId, commandId: rowId } of handedOver)
        await wakes.wake(purchaseId, { kind: 'change-contact', rowId });
    });
    return { status: 200, body: await adminView(call.em, admin) };
  },
});

export async function theAdmin({ em, params }: AccountCall<{ adminId: string }, unknown, unknown>): Promise<Admin> {
  const admin = await findAdmin(em, params.adminId);
  if (!admin) throw notFound('admin');
  return admin;
}

function checkNotOwner({ role }: Admin): void {
  if (role === 'owner') throw wrongState('They are the owner. Transfer the ownership first.');
}

export const adminRoutes = { list, read, invite, inviteAgain, change, remove, transfer };
