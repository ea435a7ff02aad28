import { z } from 'zod';
import { kindsWhere } from '../../emails/catalogue.ts';
import { Account } from '../../db/entities/account.ts';
import { given } from '../http/given.ts';
import { defineRoute } from '../http/route.ts';
import { selfCancelOf, trialScopeOf, type AccountSettings } from '../../workflows/domain/settings.ts';
import { TRIAL_SCOPES } from '../../workflows/domain/trial.ts';
import { freeText, id, instant } from '../http/fields.ts';
import { selfCancelSchema } from '../people/customer-schema.ts';
import { PURCHASE_EMAILS } from '../catalog/offer-schema.ts';
import { BILLING, EVERYBODY } from '../auth/roles.ts';

const settings = {
  receipts: z.enum(['all', 'first', 'off']).describe('Payment receipts by mail.'),
  autoRevoke: z.enum(['off', 'on_first_failure', 'on_exhausted']).describe('When a failed payment closes access.'),
  onExternalRefund: z.enum(['keep', 'revoke']).describe('What a refund made at Stripe does to access.'),
  onDispute: z.enum(['keep', 'revoke']).describe('What a dispute does to access.'),
  emailsOff: z
    .array(z.enum([...PURCHASE_EMAILS, ...kindsWhere({ offBy: 'account' })]))
    .max(100)
    .describe('Emails that are not sent.'),
  trialOnce: z
    .enum(TRIAL_SCOPES)
    .describe('A trial is given once to a contact for each `offer`, or once for the whole `site`, or `always`.'),
};

const givenSelfCancel = z
  .strictObject({
    isOn: z.boolean(),
    message: freeText.nullable().describe('Shown where they confirm.'),
    instructions: freeText.nullable().describe('Shown in place of the button while it is off.'),
    isOneStep: z.boolean().describe('Without the page that asks once more.'),
  })
  .partial()
  .describe('Whether customers may cancel their subscriptions by themselves.');

const settingsSchema = z.strictObject({ ...settings, selfCancel: selfCancelSchema }).meta({ id: 'Settings' });

const toApiSettings = (kept: AccountSettings): z.input<typeof settingsSchema> => ({
  ...kept,
  emailsOff: kept.emailsOff as z.input<typeof settings.emailsOff>,
  selfCancel: selfCancelOf(kept),
  trialOnce: trialScopeOf(kept),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/settings',
  tag: 'Account',
  operationId: 'getSettings',
  summary: 'Read what the account has chosen to happen to its purchases',
  roles: EVERYBODY,
  answers: { 200: settingsSchema },
  handle: async ({ account }) => ({ status: 200, body: toApiSettings(account.settings) }),
});

const change = defineRoute({
  method: 'patch',
  path: '/v1/settings',
  tag: 'Account',
  operationId: 'updateSettings',
  summary: 'Change settings; what is not named stays',
  roles: BILLING,
  body: z.strictObject({ ...settings, selfCancel: givenSelfCancel }).partial(),
  example: { autoRevoke: 'on_first_failure' },
  answers: { 200: settingsSchema },
  async handle({ em, account, body }) {
    const row = await em.findOneOrFail(Account, { id: account.id }, { refresh: true });
    const selfCancel = { ...row.settings.selfCancel, ...given(body.selfCancel ?? {}) };
    row.settings = { ...row.settings, ...given(body), selfCancel };
    await em.flush();
    return { status: 200, body: toApiSettings(row.settings) };
  },
});

const accountSchema = z
  .strictObject({
    id,
    name: z.string(),
    mode: z.enum(['live', 'test']),
    timeZone: z.string(),
    supportEmail: z.string(),
    now: instant.describe("The account's own time: a test account lives by its clock."),
    createdAt: instant,
  })
  .meta({ id: 'Account' });

const account = defineRoute({
  method: 'get',
  path: '/v1/account',
  tag: 'Account',
  operationId: 'getAccount',
  summary: 'Read the account that the key belongs to',
  roles: EVERYBODY,
  answers: { 200: accountSchema },
  async handle({ account: { id: accountId, name, mode, timeZone, supportEmail, createdAt }, now }) {
    return { status: 200, body: { id: accountId, name, mode, timeZone, supportEmail, now, createdAt } };
  },
});

export const settingsRoutes = { account, read, change };
