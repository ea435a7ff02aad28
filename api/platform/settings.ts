import { z } from 'zod';
import { kindsWhere } from '../../emails/catalogue.ts';
import { fieldsOf } from '../../db/platform/audited-fields.ts';
import { Account } from '../../db/entities/account.ts';
import { given } from '../../db/given.ts';
import { defineRoute } from '../http/route.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { takeSlug } from '../../db/platform/site-slugs.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import {
  AUTO_REVOKES,
  autoRevokeDaysOf,
  bounceLimitOf,
  lookOf,
  ON_DISPUTE,
  paymentTriesOf,
  requiresSecondFactor,
  retentionOf,
  SELF_CHANGES,
  selfCancelOf,
  selfChangeOf,
  selfPauseOf,
  trialScopeOf,
  upcomingPaymentDaysOf,
} from '../../workflows/domain/settings.ts';
import { TRIAL_SCOPES } from '../../workflows/domain/trial.ts';
import { invalid } from '../http/problem.ts';
import { checkRetention, givenRetention, retentionSettings } from './retention-settings.ts';
import { ownAccount } from './own-account.ts';
import { look, named } from './site-settings.ts';
import { siteUrl } from './site-url.ts';
import { reasonText, freeText } from '../http/fields.ts';
import { selfCancelSchema, selfPauseSchema } from '../people/customer-schema.ts';
import { PURCHASE_EMAILS } from '../catalog/offer-schema.ts';
import { BILLING, EVERYBODY } from '../auth/roles.ts';

export type SettingsDeps = { publicUrl: string };

const settings = {
  receipts: z.enum(['all', 'first', 'off']).describe('Payment receipts by mail.'),
  autoRevoke: z
    .enum(AUTO_REVOKES)
    .describe(
      'When a failed payment closes access. `on_first_failure` and `after_days`: until it is paid. `on_exhausted`: for good, when no attempt is left. `off`: never, also not when it is canceled for that.',
    ),
  autoRevokeDays: z
    .int()
    .min(1)
    .max(60)
    .describe('How many days after the first failure `after_days` closes access; read when an attempt fails.'),
  paymentTries: z
    .int()
    .min(2)
    .max(8)
    .describe(
      'How often Stripe tries a payment, the first try included: as in its settings. Says which try is the last.',
    ),
  onExternalRefund: z.enum(['keep', 'revoke']).describe('What a refund made at Stripe does to access.'),
  onDispute: z
    .enum(ON_DISPUTE)
    .describe(
      'What a dispute does: `revoke` closes access until it is won, `cancel` ends billing and access for good.',
    ),
  upcomingPaymentDays: z
    .int()
    .min(1)
    .max(60)
    .describe(
      'How many days before a regular payment `upcoming-payment` is sent, where it is on; half of the period before where that is shorter. Holds for each purchase from what next happens to it.',
    ),
  emailsOff: z
    .array(z.enum([...PURCHASE_EMAILS, ...kindsWhere({ offBy: 'account' })]))
    .max(100)
    .describe('Emails that are not sent.'),
  trialOnce: z
    .enum(TRIAL_SCOPES)
    .describe('A trial is given once to a contact for each `offer`, or once for the whole `site`, or `always`.'),
  requireSecondFactor: z
    .boolean()
    .describe(
      'Whether its admins sign in with a second factor; who has none can do nothing but set one up. API keys go on. Of the account of the platform: holds for operators.',
    ),
  selfChange: z
    .enum(SELF_CHANGES)
    .describe(
      'Which other offers of a `group` customers change to by themselves. `upgrades`: those that cost more by the month, at once. `all`: also the others, with the end of the period.',
    ),
};

const givenSelfCancel = z
  .strictObject({
    isOn: z.boolean(),
    message: freeText.nullable().describe('Shown where they confirm.'),
    instructions: freeText.nullable().describe('Shown in place of the button while it is off.'),
    isOneStep: z.boolean().describe('Without the page that asks once more.'),
    reasons: z
      .array(reasonText)
      .max(12)
      .refine((given) => new Set(given).size === given.length, 'must not name a reason twice')
      .describe('What they choose from when they are asked why; empty: they say it in their own words.'),
  })
  .partial()
  .describe('Whether customers may cancel their subscriptions by themselves.');

const givenSelfPause = z
  .strictObject({
    isOn: z.boolean(),
    mostDays: z.int().min(1).max(365).describe('How long such a pause lasts at the most.'),
    mostAYear: z.int().min(1).max(12).describe('How many of them within 365 days, of one purchase.'),
    access: z.enum(['keep', 'suspend']),
  })
  .partial()
  .describe('Whether customers may pause by themselves.');

const bounceLimit = z
  .strictObject({
    count: z.int().min(1).max(20).describe('So many emails that bounce for good unsubscribe their recipient.'),
    days: z.int().min(1).max(365).describe('All sent within so many days.'),
  })
  .describe('When permanent bounces unsubscribe; a complaint always does.');

export const settingsSchema = z
  .strictObject({
    ...settings,
    selfCancel: selfCancelSchema,
    selfPause: selfPauseSchema,
    retention: retentionSettings,
    bounceLimit,
    siteName: z.string(),
    siteUrl: z.string().describe("Where customers' pages are."),
    slug: z.string(),
    supportEmail: z.string(),
    color: z.string().nullable(),
    logoUrl: z.string().nullable(),
    postalAddress: z.string().nullable(),
    termsUrl: z.string().nullable(),
    privacyUrl: z.string().nullable(),
    language: look.language,
  })
  .meta({ id: 'Settings' });

const shows = fieldsOf(Account);
const toApiSettings = (account: Account, publicUrl: string): z.input<typeof settingsSchema> => ({
  ...account.settings,
  emailsOff: account.settings.emailsOff as z.input<typeof settings.emailsOff>,
  selfCancel: selfCancelOf(account.settings),
  selfPause: selfPauseOf(account.settings),
  retention: retentionOf(account.settings),
  bounceLimit: bounceLimitOf(account.settings),
  autoRevokeDays: autoRevokeDaysOf(account.settings),
  paymentTries: paymentTriesOf(account.settings),
  upcomingPaymentDays: upcomingPaymentDaysOf(account.settings),
  trialOnce: trialScopeOf(account.settings),
  selfChange: selfChangeOf(account.settings),
  requireSecondFactor: requiresSecondFactor(account.settings),
  ...lookOf(account),
  siteName: account.name,
  siteUrl: siteUrl(publicUrl, account),
  slug: account.slug,
  supportEmail: account.supportEmail,
});

const read = defineRoute({
  method: 'get',
  path: '/v1/settings',
  tag: 'Account',
  operationId: 'getSettings',
  summary: 'Read what the account has chosen to happen to its purchases',
  roles: EVERYBODY,
  answers: { 200: settingsSchema },
  handle: async ({ account }, { publicUrl }: SettingsDeps) => ({
    status: 200,
    body: toApiSettings(account, publicUrl),
  }),
});

const change = defineRoute({
  method: 'patch',
  path: '/v1/settings',
  tag: 'Account',
  operationId: 'updateSettings',
  audit: { kind: 'settings.changed', shows },
  summary: 'Change settings; what is not named stays',
  roles: BILLING,
  body: z
    .strictObject({
      ...settings,
      ...named,
      ...look,
      selfCancel: givenSelfCancel,
      selfPause: givenSelfPause,
      retention: givenRetention,
      bounceLimit: bounceLimit.partial(),
    })
    .partial(),
  example: { autoRevoke: 'on_first_failure', color: '#a8452a' },
  answers: { 200: settingsSchema },
  async handle({ em, account, body, now }, { publicUrl }: SettingsDeps) {
    const row = await em.findOneOrFail(Account, { id: account.id }, { refresh: true });
    const {
      siteName,
      supportEmail,
      slug: address,
      selfCancel,
      selfPause,
      retention,
      bounceLimit: bounces,
      ...others
    } = body;
    const { color, logoUrl, postalAddress, termsUrl, privacyUrl, language, ...chosen } = others;
    const kept = {
      selfCancel: { ...row.settings.selfCancel, ...given(selfCancel ?? {}) },
      selfPause: { ...row.settings.selfPause, ...given(selfPause ?? {}) },
      retention: { ...retentionOf(row.settings), ...given(retention ?? {}) },
      bounceLimit: { ...row.settings.bounceLimit, ...given(bounces ?? {}) },
    };
    if (retention) await checkRetention(em, kept.retention);
    row.settings = { ...row.settings, ...given(chosen), ...kept };
    row.site = { ...row.site, ...given({ color, logoUrl, postalAddress, termsUrl, privacyUrl, language }) };
    row.name = siteName ?? row.name;
    row.supportEmail = supportEmail ?? row.supportEmail;
    if (address !== undefined && address !== row.slug) await moveTo(em, row, address, now);
    await em.flush();
    return { status: 200, body: toApiSettings(row, publicUrl) };
  },
});

const NO_ADDRESS = {
  taken: 'is the address of another site',
  too_many: 'is one more than the ten addresses that a site may have had; choose one of those',
};

/** Where the site was before, it leads on from: nobody else gets that address. */
async function moveTo(em: Scoped, row: Account, address: string, now: Instant): Promise<void> {
  const taken = await takeSlug(em, { slug: address, accountId: row.id, now });
  if (taken !== 'done') throw invalid('slug', NO_ADDRESS[taken]);
  row.slug = address;
}

export const settingsRoutes = { account: ownAccount, read, change };
