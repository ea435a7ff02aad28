import { z } from 'zod';
import { ContactNote } from '../../db/entities/contact-note.ts';
import { findPurchase } from '../../db/purchase/purchases.ts';
import { PEOPLE } from '../auth/roles.ts';
import { givenId, idParams, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { NOTE_EXAMPLE, noteBody, noteSchema, notesOf, writeNote } from '../people/note-view.ts';
import { lockedContact } from '../people/the-contact.ts';

const all = {
  path: '/v1/purchases/{purchaseId}/notes',
  tag: 'Purchases',
  params: idParams('purchaseId'),
  roles: PEOPLE,
} as const;

type Call = Pick<AccountCall<{ purchaseId: string }, unknown, unknown>, 'em' | 'params'>;

/** Whose purchase it is. @throws Problem 404 */
async function buyerOf({ em, params }: Call): Promise<string> {
  const purchase = await findPurchase(em, params.purchaseId);
  if (!purchase?.startedAt) throw notFound('purchase');
  return purchase.contactId;
}

const addNote = defineRoute({
  ...all,
  method: 'post',
  operationId: 'addPurchaseNote',
  audit: { kind: 'purchase.note_added' },
  location: '/v1/purchases/{purchaseId}/notes',
  summary: 'Write a note about a purchase, for the account’s own people',
  description: 'It is a note about whoever bought it, too: listed with theirs, and erased with them.',
  body: noteBody,
  example: NOTE_EXAMPLE,
  answers: { 201: noteSchema },
  problems: [409],
  async handle(call) {
    const { em, params } = call;
    const { id: contactId } = await lockedContact({ em, params: { contactId: await buyerOf(call) } });
    return writeNote(call, { contactId, purchaseId: params.purchaseId });
  },
});

const listNotes = defineRoute({
  ...all,
  method: 'get',
  operationId: 'listPurchaseNotes',
  summary: 'List the notes about a purchase, the newest first',
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(noteSchema) },
  async handle(call) {
    await buyerOf(call);
    return notesOf(call, { purchaseId: call.params.purchaseId });
  },
});

const removeNote = defineRoute({
  ...all,
  method: 'delete',
  path: '/v1/purchases/{purchaseId}/notes/{noteId}',
  operationId: 'deletePurchaseNote',
  audit: { kind: 'purchase.note_deleted' },
  summary: 'Delete a note about a purchase, for good',
  params: z.object({ purchaseId: givenId, noteId: givenId }),
  answers: { 204: null },
  async handle({ em, params: { purchaseId, noteId } }) {
    if ((await em.nativeDelete(ContactNote, { id: noteId, purchaseId })) === 0) throw notFound('note');
    return { status: 204 };
  },
});

export const purchaseNoteRoutes = { addNote, listNotes, removeNote };
