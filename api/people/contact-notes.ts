import { z } from 'zod';
import { ContactNote } from '../../db/entities/contact-note.ts';
import { PEOPLE } from '../auth/roles.ts';
import { givenId, idParams, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { NOTE_EXAMPLE, noteBody, noteSchema, notesOf, writeNote } from './note-view.ts';
import { lockedContact, theContact } from './the-contact.ts';

const all = {
  path: '/v1/contacts/{contactId}/notes',
  tag: 'Contacts',
  params: idParams('contactId'),
  roles: PEOPLE,
} as const;

const addNote = defineRoute({
  ...all,
  method: 'post',
  operationId: 'addNote',
  audit: { kind: 'contact.note_added' },
  location: '/v1/contacts/{contactId}/notes',
  summary: 'Write a note about a contact, for the account’s own people',
  body: noteBody,
  example: NOTE_EXAMPLE,
  answers: { 201: noteSchema },
  problems: [409],
  handle: async (call) => writeNote(call, { contactId: (await lockedContact(call)).id, purchaseId: null }),
});

const listNotes = defineRoute({
  ...all,
  method: 'get',
  operationId: 'listNotes',
  summary: 'List the notes about a contact and about what they bought, the newest first',
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(noteSchema) },
  async handle(call) {
    await theContact(call);
    return notesOf(call, { contactId: call.params.contactId });
  },
});

const removeNote = defineRoute({
  ...all,
  method: 'delete',
  path: '/v1/contacts/{contactId}/notes/{noteId}',
  operationId: 'deleteNote',
  audit: { kind: 'contact.note_deleted' },
  summary: 'Delete a note, for good',
  params: z.object({ contactId: givenId, noteId: givenId }),
  answers: { 204: null },
  async handle({ em, params: { contactId, noteId } }) {
    if ((await em.nativeDelete(ContactNote, { id: noteId, contactId })) === 0) throw notFound('note');
    return { status: 204 };
  },
});

export const contactNoteRoutes = { addNote, listNotes, removeNote };
