import type { EntityManager } from '@mikro-orm/postgresql';
import { aNote } from '../builders/rows.ts';

/** What operations on notes are asked with. */
export async function noteSteps(em: EntityManager, of: { accountId: string; contactId: string }) {
  const { contactId } = of;
  const contact = { params: { contactId } };
  return {
    addNote: { ...contact, body: { text: 'Called about the invoice; prefers email.' } },
    listNotes: contact,
    deleteNote: { params: { contactId, noteId: await aNote(em, of) } },
  };
}
