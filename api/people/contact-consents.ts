import type { MarketingChange } from '../../workflows/domain/marketing.ts';
import { shownContact } from './contact-shown.ts';
import type { Contact } from '../../db/entities/contact.ts';
import { changeMarketing } from '../../db/people/change-marketing.ts';
import { PEOPLE } from '../auth/roles.ts';
import { idParams } from '../http/fields.ts';
import { Problem } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { consentNoted, contactInFull } from './contact-schema.ts';
import { toApiContactInFull } from './contact-view.ts';
import { lockedContact } from './the-contact.ts';

const one = {
  method: 'post',
  tag: 'Contacts',
  params: idParams('contactId'),
  roles: PEOPLE,
  answers: { 200: contactInFull },
  problems: [409],
} as const;

type Call = AccountCall<{ contactId: string }, unknown, unknown>;

/** @throws Problem 404, 409 */
async function byAdmin(call: Call, change: MarketingChange, wording: string | null = null): Promise<Contact> {
  const { em, caller, now } = call;
  const contact = await lockedContact(call);
  const decision = await changeMarketing(em, contact, { change, source: 'admin', actor: caller.actor, now, wording });
  if (decision.kind === 'decided') return contact;
  const detail = 'They have unsubscribed: only they can come back, by a form and the link that is mailed to them then.';
  throw new Problem(409, decision.code, { detail, state: contact.marketingStatus });
}

const unsubscribe = defineRoute({
  ...one,
  path: '/v1/contacts/{contactId}/unsubscribe',
  operationId: 'unsubscribeContact',
  audit: { kind: 'contact.unsubscribed', shows: shownContact },
  summary: 'Send a contact no more marketing email',
  description:
    'For good: only the person comes back, by confirming. Whoever has unsubscribed already keeps the reason.',
  async handle(call) {
    const contact = await byAdmin(call, { kind: 'admin_unsubscribed' });
    return { status: 200, body: await toApiContactInFull(call.em, contact) };
  },
});

const subscribe = defineRoute({
  ...one,
  path: '/v1/contacts/{contactId}/subscribe',
  operationId: 'subscribeContact',
  audit: { kind: 'contact.subscribed', shows: shownContact },
  summary: 'Note that a contact has agreed to marketing email',
  description: 'Buying something is no consent. Whoever has unsubscribed is not brought back so: 409.',
  body: consentNoted,
  example: { wording: 'Signed our paper list at the fair in Vienna: "Send me your news."' },
  async handle(call) {
    const contact = await byAdmin(call, { kind: 'admin_subscribed' }, call.body.wording);
    return { status: 200, body: await toApiContactInFull(call.em, contact) };
  },
});

export const contactConsentRoutes = { unsubscribe, subscribe };
