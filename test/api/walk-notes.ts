import type { EntityManager } from '@mikro-orm/postgresql';
import { aNote } from '../builders/rows.ts';

/** What operations on notes are asked with. */
export async function noteSteps(
  em: EntityManager,
  { purchaseId, ...of }: { accountId: string; contactId: string; purchaseId: string },
) {
  const { contactId } = of;
  const [contact, purchase] = [{ params: { contactId } }, { params: { purchaseId } }];
  const body = { text: 'Called about the invoice; prefers email.' };
  return {
    addNote: { ...contact, body },
    listNotes: contact,
    deleteNote: { params: { contactId, noteId: await aNote(em, of) } },
    addPurchaseNote: { ...purchase, body },
    listPurchaseNotes: purchase,
    deletePurchaseNote: { params: { purchaseId, noteId: await aNote(em, { ...of, purchaseId }) } },
  };
}
