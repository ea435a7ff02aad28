import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import type { Unscoped } from '../../db/account-scope.ts';
import { isMailedTo } from '../../db/mail/emails.ts';
import { changeMarketing } from '../../db/people/change-marketing.ts';
import { lockContactById } from '../../db/people/contacts.ts';
import { mayMailLink } from '../../db/people/login-links.ts';
import { subscribeAgain } from '../../db/people/submit-form.ts';
import { readUnsubscribeToken } from '../../db/people/unsubscribe-link.ts';
import { enterByMailedContact } from '../../db/platform/enter.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { MARKETING_STATUSES } from '../../workflows/domain/marketing.ts';
import type { SecretKey } from '../../db/signature.ts';
import { givenId } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { definePublicRoute } from '../http/route.ts';
import { startMail } from '../mail/start-mail.ts';
import { siteSchema } from './customer-schema.ts';
import { toPublicSite } from './public-site.ts';

type Deps = { secretKey: SecretKey; publicUrl: string; wakes: Pick<Wakes, 'startMail'> };

const one = {
  path: '/v1/public/email-preferences/{unsubscribeToken}',
  tag: 'Public',
  params: z.object({ unsubscribeToken: z.string().max(200) }),
} as const;

const preferencesSchema = z
  .strictObject({
    site: siteSchema,
    email: z.string(),
    marketingStatus: z.enum(MARKETING_STATUSES),
  })
  .meta({ id: 'EmailPreferences', description: 'Whether somebody gets marketing email, by the link in one.' });

type Call = { unscoped: Unscoped; params: { unsubscribeToken: string } };

/** Whose link it is, and their site. @throws Problem 404 */
async function enter({ unscoped, params }: Call, { secretKey }: Deps) {
  const contactId = readUnsubscribeToken(params.unsubscribeToken, secretKey);
  const entered = contactId === null ? null : await enterByMailedContact(unscoped, contactId);
  if (!entered) throw notFound('link to unsubscribe');
  return entered;
}

const read = definePublicRoute({
  ...one,
  method: 'get',
  operationId: 'getEmailPreferences',
  summary: 'Read whether somebody gets marketing email, by the link in one',
  description: 'Reading changes nothing: mail programs and scanners open links by themselves.',
  answers: { 200: preferencesSchema },
  async handle(call, deps: Deps) {
    const { contact, account } = await enter(call, deps);
    const site = toPublicSite(account, deps.publicUrl);
    return { status: 200, body: { site, email: contact.email, marketingStatus: contact.marketingStatus } };
  },
});

const unsubscribe = definePublicRoute({
  ...one,
  method: 'post',
  path: `${one.path}/unsubscribe`,
  operationId: 'unsubscribeByLink',
  audit: { none: 'Kept as a consent, with its wording.' },
  summary: 'Unsubscribe from marketing email, by the link in one; again and again without harm',
  body: z.strictObject({
    emailId: givenId.optional().describe('In which email the link was; one that is none of theirs is left aside.'),
  }),
  example: { emailId: '018f2f6e-7d3a-7c4e-9d5b-1f2a3b4c5d6e' },
  answers: { 200: preferencesSchema },
  async handle(call, deps: Deps) {
    const { em, account, contact: found } = await enter(call, deps);
    const contact = (await lockContactById(em, found.id)) ?? found;
    const by = { source: 'link', actor: { kind: 'customer', id: contact.id }, now: nowOf(account) } as const;
    const { emailId = null } = call.body;
    const isTheirs = emailId !== null && (await isMailedTo(em, emailId, contact.id));
    await changeMarketing(em, contact, { change: { kind: 'opted_out' }, ...by, emailId: isTheirs ? emailId : null });
    const site = toPublicSite(account, deps.publicUrl);
    return { status: 200, body: { site, email: contact.email, marketingStatus: contact.marketingStatus } };
  },
});

const subscribe = definePublicRoute({
  ...one,
  method: 'post',
  path: `${one.path}/subscribe`,
  operationId: 'subscribeAgainByLink',
  audit: { none: 'Kept as a consent, with its wording.' },
  summary: 'Mail a link by which they confirm that they subscribe again',
  description: 'Nothing changes before that. An address is mailed at most three links an hour.',
  answers: { 202: z.strictObject({}) },
  writes: 'own',
  perMinute: 20,
  async handle(call, deps: Deps) {
    const { em, account, contact } = await enter(call, deps);
    const mayMail = await mayMailLink(call.unscoped, contact.email);
    const wording = `Yes, send me news from ${account.name} by email again.`;
    const asked = { mayMail, wording, now: nowOf(account), realNow: fromMs(Date.now()) };
    const emailId = await em.transactional(async (tx) => {
      const locked = await lockContactById(tx, contact.id);
      return locked && subscribeAgain(tx, locked, asked);
    });
    startMail(deps.wakes, emailId);
    return { status: 202 as const, body: NOTHING };
  },
});

const NOTHING: Record<string, never> = {};

export const emailPreferenceRoutes = {
  readPreferences: read,
  unsubscribeByLink: unsubscribe,
  subscribeByLink: subscribe,
};
