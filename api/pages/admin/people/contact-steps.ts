import { contactConsentRoutes } from '../../../people/contact-consents.ts';
import { contactNoteRoutes } from '../../../people/contact-notes.ts';
import { contactTagRoutes } from '../../../people/contact-tags.ts';
import { contactRoutes } from '../../../people/contacts.ts';
import { emailRoutes } from '../../../mail/emails.ts';
import { contactSessionRoutes } from '../../../people/contact-sessions.ts';
import { loginHelpRoutes } from '../../../people/login-help.ts';
import { grantRoutes } from '../../../purchase/grants.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import type { Form } from '../../form.ts';
import type { PageCall } from '../../page.ts';
import type { ContactForms } from './contact-shown.ts';

/** Which form of the page was sent: where a refusal is shown, and what is told when it is done. */
type Step = { of: keyof ContactForms; ask: (call: PageCall, form: Form) => Promise<Asked> };
type Asked = { isDone: true; notice: string } | { isDone: false; status: number; problem: ProblemBody };

type Answer = { isDone: true; status: number } | { isDone: false; status: number; problem: ProblemBody };

const told = (answer: Answer, notice: string): Asked => (answer.isDone ? { isDone: true, notice } : answer);

export const paramsOf = ({ params }: PageCall) => ({ contactId: params.contactId ?? '' });

/** The form without a step of its own. */
export const CHANGE: Step = {
  of: 'change',
  ask: async (call, { body, key }) =>
    told(await call.api.ask(contactRoutes.change, { params: paramsOf(call), body, key }), 'changed'),
};

/** What the other forms of a contact's page do, by their step. */
export const STEPS: Record<string, Step | undefined> = {
  /** A command of the new purchase: it is carried out at once, or a moment later. */
  grant: {
    of: 'grant',
    async ask(call, { body, key }) {
      const asked = { ...body, ...paramsOf(call) };
      const answer = await call.api.ask(grantRoutes.create, { body: asked, key });
      return told(answer, answer.status === 202 ? 'granting' : 'granted');
    },
  },
  subscribe: {
    of: 'subscribe',
    ask: async (call, { body, key }) =>
      told(await call.api.ask(contactConsentRoutes.subscribe, { params: paramsOf(call), body, key }), 'subscribed'),
  },
  unsubscribe: {
    of: 'subscribe',
    ask: async (call, { key }) =>
      told(await call.api.ask(contactConsentRoutes.unsubscribe, { params: paramsOf(call), key }), 'unsubscribed'),
  },
  tag: {
    of: 'tag',
    ask: async (call, { body, key }) =>
      told(await call.api.ask(contactTagRoutes.tagContact, { params: paramsOf(call), body, key }), 'tagged'),
  },
  untag: {
    of: 'tag',
    async ask(call, { typed, key }) {
      const params = { ...paramsOf(call), tag: typed._tag?.at(-1) ?? '' };
      return told(await call.api.ask(contactTagRoutes.untagContact, { params, key }), 'untagged');
    },
  },
  resend: {
    of: 'login',
    async ask(call, { typed, key }) {
      const params = { emailId: typed._email?.at(-1) ?? '' };
      return told(await call.api.ask(emailRoutes.resend, { params, key }), 'mailed');
    },
  },
  'login-link': {
    of: 'login',
    ask: async (call, { key }) =>
      told(await call.api.ask(loginHelpRoutes.sendLink, { params: paramsOf(call), key }), 'mailed'),
  },
  unlock: {
    of: 'login',
    ask: async (call, { key }) =>
      told(await call.api.ask(loginHelpRoutes.unlock, { params: paramsOf(call), key }), 'unlocked'),
  },
  'log-out': {
    of: 'login',
    async ask(call, { typed, key }) {
      const params = { contactId: call.params.contactId ?? '', sessionId: typed._session?.at(-1) ?? '' };
      return told(await call.api.ask(contactSessionRoutes.endOne, { params, key }), 'logged-out');
    },
  },
  'log-out-all': {
    of: 'login',
    ask: async (call, { key }) =>
      told(await call.api.ask(contactSessionRoutes.endAll, { params: paramsOf(call), key }), 'logged-out'),
  },
  note: {
    of: 'note',
    ask: async (call, { body, key }) =>
      told(await call.api.ask(contactNoteRoutes.addNote, { params: paramsOf(call), body, key }), 'noted'),
  },
  unnote: {
    of: 'note',
    async ask(call, { typed, key }) {
      const params = { ...paramsOf(call), noteId: typed._note?.at(-1) ?? '' };
      return told(await call.api.ask(contactNoteRoutes.removeNote, { params, key }), 'unnoted');
    },
  },
};
