import type { EntityManager } from '@mikro-orm/postgresql';
import { Contact } from '../../db/entities/contact.ts';
import { Session } from '../../db/entities/session.ts';
import { beginSession } from '../../db/people/sessions.ts';
import { aContact, aForm } from '../builders/rows.ts';
import { T0, type World } from './a-world.ts';
import { twoPasskeys } from './walk-passkeys.ts';

/** The id of a session that was begun just now. */
async function aSession(em: EntityManager, contactId: string): Promise<string> {
  await beginSession(em, { contactId });
  return (await em.findOneOrFail(Session, { contactId }, { orderBy: { createdAt: 'desc', id: 'desc' } })).id;
}

/** What operations on how customers log in, and on why they cannot, are asked with. */
export async function customerLoginSteps(em: EntityManager, { accountId, contactId }: World) {
  await em.nativeUpdate(Contact, { id: contactId }, { customerSince: T0 });
  const other = { contactId: await aContact(em, accountId) };
  return {
    sendPasswordReset: { body: { email: 'nobody@example.com' } },
    listMySessions: {},
    submitMyForm: { params: { formId: await aForm(em, accountId) } },
    endMySession: { params: { sessionId: await aSession(em, contactId) } },
    listSessionsOfContact: { params: { contactId } },
    endSessionOfContact: { params: { ...other, sessionId: await aSession(em, other.contactId) } },
    endSessionsOfContact: { params: other },
    endMyOtherSessions: {},
    ...(await passkeySteps(em, contactId)),
    explainLogin: { params: { contactId } },
    explainLoginOfAddress: { query: { email: 'nobody@example.com' } },
    sendLoginLinkTo: { params: { contactId } },
    unlockContact: { params: { contactId } },
  };
}

async function passkeySteps(em: EntityManager, contactId: string) {
  const { made, signed, one } = await twoPasskeys(em, { contactId });
  return {
    listMyPasskeys: {},
    beginMyPasskey: {},
    addMyPasskey: { body: { name: 'Phone', credential: made } },
    beginCustomerPasskeyLogin: {},
    createCustomerSessionByPasskey: { body: { credential: signed } },
    renameMyPasskey: { ...one, body: { name: 'Oldest phone' } },
    removeMyPasskey: one,
  };
}
