import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { scopeTo, type Unscoped } from '../../db/account-scope.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import { Account } from '../../db/entities/account.ts';
import { beginSession } from '../../db/people/sessions.ts';
import { entitlementsOf } from '../../db/platform/entitlements.ts';
import { quotaUses } from '../../db/platform/quota-uses.ts';
import { countToSee } from '../../db/platform/overview.ts';
import { closeAccount, runningOf, type Running } from '../../db/platform/close-account.ts';
import {
  keepAction,
  lockAccount,
  operatorAdmin,
  reopenAccount,
  suspendAccount,
  type Acting,
} from '../../db/platform/operator-actions.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { intOfEach } from '../http/counts.ts';
import { freeText, id, idParams, instant } from '../http/fields.ts';
import { notFound, Problem, wrongState } from '../http/problem.ts';
import { definePlatformRoute, type PlatformCall } from '../http/route.ts';
import { wakeForAll } from '../jobs/wake-for-all.ts';
import { usedOf } from './account-plan.ts';
import { accountSchema, accountView, stateOf } from './account-view.ts';

const one = { path: '/v1/operator/accounts/{accountId}', tag: 'Operators', params: idParams('accountId') } as const;
const why = z.strictObject({ reason: freeText.describe('Why; the account’s owner reads it.') });
const example = { reason: 'Asked for by the owner on the phone' };

type AccountParams = { accountId: string };
type Why = { reason: string };

const HEALTH = ['pastDue', 'needsAttention', 'waitsForStripe', 'inDispute', 'emailsFailed', 'webhooksFailed'] as const;

export const fullAccountSchema = accountSchema
  .extend({
    health: z
      .strictObject(intOfEach(HEALTH))
      .describe('What somebody should look at, as the account’s own home counts it.'),
    use: z
      .array(z.strictObject({ quota: z.string(), limit: z.int(), used: z.int().nullable() }))
      .describe('What it uses of each quota of its plan; `used` null: that is not counted.'),
  })
  .meta({ id: 'FullOperatorAccount' });

async function useOf(em: Unscoped, { id: accountId }: Account) {
  const [{ quotas }, uses] = [await entitlementsOf(em, accountId), await quotaUses(em, accountId)];
  return Object.entries(quotas).map(([quota, limit]) => ({ quota, limit, used: usedOf(uses, quota) }));
}

type ToSee = Awaited<ReturnType<typeof countToSee>>;
const toApiHealth = (toSee: ToSee) =>
  Object.fromEntries(HEALTH.map((name) => [name, toSee[name].count])) as Record<(typeof HEALTH)[number], number>;

const read = definePlatformRoute({
  ...one,
  method: 'get',
  operationId: 'getAccountAsOperator',
  summary: 'Read an account, with what somebody should look at in it',
  answers: { 200: fullAccountSchema },
  async handle({ unscoped, params }) {
    const account = await theAccount(unscoped, params);
    const toSee = await countToSee(scopeTo(unscoped.fork(), account.id), false);
    return {
      status: 200,
      body: {
        ...(await accountView(unscoped, account)),
        health: toApiHealth(toSee),
        use: await useOf(unscoped, account),
      },
    };
  },
});

const suspend = definePlatformRoute({
  ...one,
  method: 'post',
  path: `${one.path}/suspend`,
  operationId: 'suspendAccount',
  audit: { kind: 'account.suspended', says: ['reason'] },
  summary: 'Suspend an account: its admins are out at once, its customers’ billing and access go on',
  description: 'Its API keys may still read, so that its product goes on.',
  body: why,
  example,
  answers: { 200: accountSchema },
  problems: [409],
  async handle(call) {
    const account = await lockedAccount(call);
    checkNotPlatform(account);
    if (account.suspendedAt) throw wrongState('It is suspended already.');
    await suspendAccount(call.unscoped, account, actingOf(call));
    return { status: 200, body: await accountView(call.unscoped, account) };
  },
});

const reopen = definePlatformRoute({
  ...one,
  method: 'post',
  path: `${one.path}/reopen`,
  operationId: 'reopenAccount',
  audit: { kind: 'account.reopened', says: ['reason'] },
  summary: 'Let the admins of a suspended or closed account in again; what was canceled stays so',
  body: why,
  example,
  answers: { 200: accountSchema },
  problems: [409],
  async handle(call) {
    const account = await lockedAccount(call);
    if (stateOf(account) === 'active') throw wrongState('It is neither suspended nor closed.');
    await reopenAccount(call.unscoped, account, actingOf(call));
    return { status: 200, body: await accountView(call.unscoped, account) };
  },
});

const closingPreview = z
  .strictObject({
    status: z.literal('preview'),
    own: z.int().describe('What it bought from the platform, which ends with it.'),
    liveBilling: z.int().describe('Purchases of its contacts that would be canceled at once.'),
    calls: z.int().describe('Booked calls of other purchases, which would be canceled.'),
    seats: z.int(),
  })
  .meta({ id: 'ClosingPreview' });

const close = definePlatformRoute({
  ...one,
  method: 'post',
  path: `${one.path}/close`,
  operationId: 'closeAccount',
  audit: { kind: 'account.closed', says: ['reason', 'cancelSubscriptions'] },
  summary: 'Close an account: its admins are out, it sells nothing, and all that is booked is canceled',
  description:
    'While its contacts have live billing this is refused, unless `cancelSubscriptions` says to cancel that first. A job of the account says how far the cancellations are.',
  body: why.extend({ cancelSubscriptions: z.boolean().optional(), dryRun: z.boolean().optional() }),
  example: { ...example, cancelSubscriptions: true, dryRun: true },
  answers: { 200: closingPreview, 202: accountSchema },
  problems: [409],
  async handle(call, deps: { wakes: Pick<Wakes, 'wake'> }) {
    const { unscoped, body } = call;
    const account = await lockedAccount(call);
    checkNotPlatform(account);
    if (account.closedAt) throw wrongState('It is closed already.');
    const now = nowOf(account);
    const running = await runningOf(unscoped, account, now);
    if (body.dryRun) return { status: 200 as const, body: toPreview(running) };
    const { length } = running.live;
    if (length > 0 && !body.cancelSubscriptions) throw hasLiveBilling(length);
    const commands = await closeAccount(unscoped, account, { acting: actingOf(call), running, now });
    call.afterCommit(() => wakeForAll(commands, deps.wakes));
    return { status: 202 as const, body: await accountView(call.unscoped, account) };
  },
});

const toPreview = ({ live, own, calls, seats }: Running): z.input<typeof closingPreview> => ({
  status: 'preview',
  own: own.length,
  liveBilling: live.length,
  calls: calls.length,
  seats: seats.length,
});

const hasLiveBilling = (count: number): Problem =>
  new Problem(409, 'live_billing', {
    detail: `${count === 1 ? 'One purchase of its contacts is' : `${count} purchases of its contacts are`} billed on. Say cancelSubscriptions: true to cancel them first.`,
    field: 'cancelSubscriptions',
  });

const HOUR_MS = 60 * 60 * 1000;

const impersonate = definePlatformRoute({
  ...one,
  method: 'post',
  path: `${one.path}/impersonation`,
  operationId: 'impersonateAccount',
  audit: { kind: 'account.entered', says: ['reason'] },
  summary: 'Act in an account for an hour, as its administrators may; the owner sees that, and why',
  description: 'What is done then is recorded as the operator’s. End it with `DELETE /v1/sessions/current`.',
  body: why,
  example,
  answers: { 201: z.strictObject({ token: z.string(), expiresAt: instant, operatorActionId: id }) },
  isSecret: true,
  async handle(call) {
    const { unscoped, caller } = call;
    const admin = await operatorAdmin(unscoped, caller.actor);
    if (!admin) throw new Problem(403, 'forbidden', { detail: 'Only an operator who is logged in may do this.' });
    await theAccount(unscoped, call.params);
    const endsAt = fromMs(Date.now() + HOUR_MS);
    const operatorActionId = await keepAction(unscoped, { ...actingOf(call), kind: 'impersonate', endsAt });
    const session = await beginSession(unscoped, { adminId: admin.id }, { operatorActionId, lastsMs: HOUR_MS });
    return { status: 201, body: { ...session, operatorActionId } };
  },
});

async function theAccount(em: Unscoped, { accountId }: AccountParams): Promise<Account> {
  const account = await em.findOne(Account, { id: accountId });
  if (!account) throw notFound('account');
  return account;
}

async function lockedAccount({ unscoped, params }: PlatformCall<AccountParams, unknown, Why>): Promise<Account> {
  const account = await lockAccount(unscoped, params.accountId);
  if (!account) throw notFound('account');
  return account;
}

const actingOf = ({ params, caller, body }: PlatformCall<AccountParams, unknown, Why>): Acting => ({
  accountId: params.accountId,
  actor: caller.actor,
  reason: body.reason,
  createdAt: fromMs(Date.now()),
});

function checkNotPlatform({ isPlatform }: Account): void {
  if (isPlatform) throw wrongState('It is the platform’s own account.');
}

export const operatorAccountRoutes = { read, suspend, reopen, close, impersonate };
