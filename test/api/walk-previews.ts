import type { EntityManager } from '@mikro-orm/postgresql';
import { Contact } from '../../db/entities/contact.ts';
import { keepPreview, previewToken } from '../../db/people/previews.ts';
import { T0 } from '../builders/rows.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import { SECRET_KEY } from './an-api.ts';

/** What operations on previews are asked with. */
export async function previewSteps(em: EntityManager, contactId: string) {
  const contact = await em.findOneOrFail(Contact, { id: contactId });
  const { id } = await keepPreview(em, contact, { actor: SYSTEM, now: T0 });
  return {
    previewAsContact: { params: { contactId } },
    openPreview: { body: { token: previewToken(id, SECRET_KEY[0]) } },
  };
}
