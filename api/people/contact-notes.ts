import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { ContactNote } from '../../db/entities/contact-note.ts';
import { findPage, NEWEST } from '../../db/page.ts';
import { actorEmails, type ActorEmails } from '../../db/people/actor-emails.ts';
import { PEOPLE } from '../auth/roles.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { freeText, givenId, id, idParams, instant, pageOf, pageQuery } from '../http/fields.ts';
import { notFound } from '../http/problem.ts';
import { defineRoute } from '../http/route.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';
import { toApiActor } from '../purchase/purchase-view.ts';
import { lockedContact, theContact } from './the-contact.ts';

const all = {
  path: '/v1/contacts/{contactId}/notes',
  tag: 'Contacts',
  params: idParams('contactId'),
  roles: PEOPLE,
} as const;

const noteSchema = z.strictObject({ id, text: z.string(), by: actorSchema, createdAt: instant }).meta({ id: 'Note' });

const toApiNote = ({ id: noteId, text, actor, createdAt }: ContactNote, emails: ActorEmails) => ({
  id: noteId,
  text,
  by: toApiActor(actor, emails),
  createdAt,
});

const addNote = defineRoute({
  ...all,
  method: 'post',
  operationId: 'addNote',
  location: '/v1/contacts/{contactId}/notes',
  summary: 'Write a note about a contact, for the account’s own people',
  body: z.strictObject({ text: freeText }),
  example: { text: 'Called about the invoice; prefers email.' },
  answers: { 201: noteSchema },
  problems: [409],
  async handle(call) {
    const { em, account, now, caller, body } = call;
    const { id: contactId } = await lockedContact(call);
    const of = { accountId: account.id, contactId, actor: caller.actor };
    const note = em.create(ContactNote, { id: uuid(), ...of, text: body.text, createdAt: now });
    await em.flush();
    return { status: 201, body: toApiNote(note, await actorEmails(em, [note.actor])) };
  },
});

const listNotes = defineRoute({
  ...all,
  method: 'get',
  operationId: 'listNotes',
  summary: 'List the notes about a contact, the newest first',
  query: z.strictObject(pageQuery),
  answers: { 200: pageOf(noteSchema) },
  async handle(call) {
    await theContact(call);
    const where = { contactId: call.params.contactId };
    const page = await findPage(call.em, ContactNote, { order: NEWEST, where }, readPage(call.query, NEWEST));
    const emails = await actorEmails(
      call.em,
      page.rows.map(({ actor }) => actor),
    );
    return { status: 200, body: toApiPage(page, (note) => toApiNote(note, emails)) };
  },
});

const removeNote = defineRoute({
  ...all,
  method: 'delete',
  path: '/v1/contacts/{contactId}/notes/{noteId}',
  operationId: 'deleteNote',
  summary: 'Delete a note, for good',
  params: z.object({ contactId: givenId, noteId: givenId }),
  answers: { 204: null },
  async handle({ em, params: { contactId, noteId } }) {
    if ((await em.nativeDelete(ContactNote, { id: noteId, contactId })) === 0) throw notFound('note');
    return { status: 204 };
  },
});

export const contactNoteRoutes = { addNote, listNotes, removeNote };
