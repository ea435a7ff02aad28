import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import type { Unscoped } from '../../db/account-scope.ts';
import { confirmOptIn } from '../../db/people/confirm-opt-in.ts';
import { mayMailLink } from '../../db/people/login-links.ts';
import { submitForm } from '../../db/people/submit-form.ts';
import { enterByForm } from '../../db/platform/enter.ts';
import { countHit } from '../../db/rate-limits.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { idParams } from '../http/fields.ts';
import { notFound, Problem } from '../http/problem.ts';
import { definePublicRoute } from '../http/route.ts';
import { startMail } from '../mail/start-mail.ts';
import { publicFormSchema, submissionSchema, subscribedSchema } from './form-schema.ts';
import { spendLink } from './one-time-links.ts';
import { toPublicSite } from './public-site.ts';

type Deps = { publicUrl: string; wakes: Pick<Wakes, 'startMail'> };

const tag = 'Public';
const params = idParams('formId');

/** A form that takes people; that of a closed account takes nobody. @throws Problem 404 */
async function enter(unscoped: Unscoped, formId: string) {
  const entered = await enterByForm(unscoped, formId);
  if (!entered || entered.account.closedAt || entered.account.suspendedAt) throw notFound('form');
  return entered;
}

const show = definePublicRoute({
  method: 'get',
  path: '/v1/public/forms/{formId}',
  tag,
  operationId: 'getPublicForm',
  summary: 'Read what a form shows',
  params,
  answers: { 200: publicFormSchema },
  async handle({ unscoped, params: { formId } }, { publicUrl }: Deps) {
    const { form, account } = await enter(unscoped, formId);
    const { id, optIn, heading, wording, button } = form;
    const site = toPublicSite(account, publicUrl);
    return { status: 200, body: { id, optIn, heading, wording, button, site } };
  },
});

/** So many a minute for a form, and for an address with it an hour; more are programs. */
const OF_FORM = { what: 'form', most: 120, windowSeconds: 60 };
const OF_ADDRESS = { what: 'form-address', most: 5, windowSeconds: 60 * 60 };

const submit = definePublicRoute({
  method: 'post',
  path: '/v1/forms/{formId}/submissions',
  tag,
  operationId: 'submitForm',
  audit: { none: 'Kept as a consent, with its wording.' },
  summary: 'Send a form: subscribe an address, or mail it a link by which it confirms',
  description:
    'Answers the same whatever the address is here, and whether or not it is mailed. An address is mailed at most three links an hour.',
  params,
  body: submissionSchema,
  example: { email: 'ada@example.com', name: 'Ada' },
  answers: { 202: z.strictObject({}) },
  writes: 'own',
  perMinute: 60,
  async handle({ unscoped, params: { formId }, body }, { wakes }: Deps) {
    const { em, form, account } = await enter(unscoped, formId);
    const { email, name = null, language, website = '' } = body;
    await checkRate(unscoped, formId);
    if (website !== '' || !(await mayTake(unscoped, formId, email))) return ACCEPTED;
    const mayMail = await mayMailLink(unscoped, email);
    const instants = { now: nowOf(account), realNow: fromMs(Date.now()) };
    const emailId = await em.transactional((tx) =>
      submitForm(tx, { form, email, name, language, mayMail, ...instants }),
    );
    startMail(wakes, emailId);
    return ACCEPTED;
  },
});

const ACCEPTED: { status: 202; body: Record<string, never> } = { status: 202, body: {} };

/** Whether an address is taken once more: beyond its number nothing is done with it. */
export const mayTake = async (unscoped: Unscoped, formId: string, email: string): Promise<boolean> =>
  (await countHit(unscoped, { ...OF_ADDRESS, whom: `${formId}:${email}` })) === 0;

/** @throws Problem 429 */
export async function checkRate(unscoped: Unscoped, formId: string): Promise<void> {
  const wait = await countHit(unscoped, { ...OF_FORM, whom: formId });
  if (wait === 0) return;
  const headers = { 'Retry-After': String(wait) };
  throw new Problem(429, 'too_many_requests', { detail: 'Too many people at once; try again in a minute.', headers });
}

const confirm = definePublicRoute({
  method: 'post',
  path: '/v1/public/confirm-subscription',
  tag,
  operationId: 'confirmSubscription',
  audit: { none: 'Kept as a consent, with its wording.' },
  summary: 'Confirm a subscription by the link that was mailed, within 7 days',
  description: 'Used once, whatever Idempotency-Key comes with it; with it go all links that were sent besides.',
  body: z.strictObject({ token: z.string().min(1).max(500) }),
  example: { token: 'from-the-email' },
  answers: { 200: subscribedSchema },
  writes: 'own',
  perMinute: 20,
  async handle({ unscoped, body: { token } }, { publicUrl }: Deps) {
    return unscoped.transactional(async (tx) => {
      const { em, account, contact } = await spendLink(tx, token, 'confirm_opt_in');
      // A password that nobody has proved waits for a link that lets them choose another one.
      if (contact.passwordHash === null) contact.addressProvenAt ??= nowOf(account);
      await confirmOptIn(em, contact, nowOf(account));
      const site = toPublicSite(account, publicUrl);
      return { status: 200 as const, body: { site, email: contact.email } };
    });
  },
});

export const publicFormRoutes = { show, submit, confirm };
