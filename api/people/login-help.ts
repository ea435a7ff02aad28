import { z } from 'zod';
import type { Wakes } from '../../activities/gateways/temporal.ts';
import { findEmail } from '../../db/mail/email-list.ts';
import { actorEmails } from '../../db/people/actor-emails.ts';
import { loginFacts, subjectsOf } from '../../db/people/login-facts.ts';
import { mayMailLink, queueLoginLink } from '../../db/people/login-links.ts';
import { forgetTriesOf, lockOf } from '../../db/people/login-tries.ts';
import { fromMs } from '../../workflows/domain/instant.ts';
import { explainLogin } from '../../workflows/domain/login-help.ts';
import { PEOPLE } from '../auth/roles.ts';
import { email, idParams } from '../http/fields.ts';
import { notFound, Problem, wrongState } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { emailSchema } from '../mail/email-schema.ts';
import { toApiEmail } from '../mail/email-view.ts';
import { loginHelpSchema } from './login-help-schema.ts';
import { toApiCause } from './login-help-view.ts';
import { theContact, theContactItself } from './the-contact.ts';

const one = { tag: 'Contacts', params: idParams('contactId'), roles: PEOPLE } as const;

type Asked = Pick<AccountCall<unknown, unknown, unknown>, 'em' | 'now'>;

async function helpFor({ em, now }: Asked, address: string): Promise<z.input<typeof loginHelpSchema>> {
  const facts = await loginFacts(em, address, now);
  const causes = explainLogin(facts);
  const actors = causes.flatMap(({ evidence }) => evidence.blocks.flatMap(({ by }) => by ?? []));
  const emails = await actorEmails(em, actors);
  return {
    contactId: facts.person?.contactId ?? null,
    email: address,
    causes: causes.map((cause) => toApiCause(cause, emails)),
  };
}

const ofContact = defineRoute({
  ...one,
  method: 'get',
  path: '/v1/contacts/{contactId}/login-help',
  operationId: 'explainLogin',
  summary: 'Explain why a contact gets no login email or cannot log in, and what to do next',
  answers: { 200: loginHelpSchema },
  handle: async (call) => ({ status: 200, body: await helpFor(call, (await theContactItself(call)).email) }),
});

const ofAddress = defineRoute({
  method: 'get',
  path: '/v1/login-help',
  tag: 'Contacts',
  operationId: 'explainLoginOfAddress',
  summary: 'Explain the same of an address, whoever has it, with the contacts whose address is nearly this one',
  roles: PEOPLE,
  query: z.strictObject({ email }),
  answers: { 200: loginHelpSchema },
  handle: async (call) => ({ status: 200, body: await helpFor(call, call.query.email) }),
});

const sendLink = defineRoute({
  ...one,
  method: 'post',
  path: '/v1/contacts/{contactId}/login-link',
  operationId: 'sendLoginLinkTo',
  audit: { kind: 'contact.login_link_sent' },
  location: '/v1/emails/{id}',
  summary: 'Mail a customer a login link, at most three links an hour',
  answers: { 202: emailSchema },
  problems: [409, 429],
  async handle(call, { wakes }: { wakes: Pick<Wakes, 'startMail'> }) {
    const { em, afterCommit } = call;
    const { id, email: address, customerSince, erasedAt } = await theContact(call);
    if (erasedAt !== null) throw wrongState('This person has been erased already.');
    if (customerSince === null)
      throw wrongState('Only customers log in: they have bought or been granted nothing yet.');
    if (!(await mayMailLink(em.fork({ keepTransactionContext: false }), address))) throw tooMany('within an hour');
    const emailId = await queueLoginLink(em, id, fromMs(Date.now()));
    if (emailId === null) throw tooMany('within a minute');
    afterCommit(() => wakes.startMail(emailId));
    const queued = await findEmail(em, emailId);
    if (!queued) throw notFound('email');
    return { status: 202, body: toApiEmail(queued) };
  },
});

const tooMany = (when: string): Problem =>
  new Problem(429, 'too_many_requests', { detail: `They were mailed as many links as may be ${when}.` });

const unlock = defineRoute({
  ...one,
  method: 'post',
  path: '/v1/contacts/{contactId}/unlock',
  operationId: 'unlockContact',
  audit: { kind: 'contact.unlocked' },
  summary: 'Let a contact who typed wrong passwords try again at once',
  answers: { 200: z.strictObject({ wasLocked: z.boolean() }) },
  async handle(call) {
    const { id, email: address } = await theContact(call);
    const subjects = subjectsOf(address, id);
    const lock = await lockOf(call.em, subjects);
    await forgetTriesOf(call.em, subjects);
    return { status: 200, body: { wasLocked: lock !== null } };
  },
});

export const loginHelpRoutes = { ofContact, ofAddress, sendLink, unlock };
