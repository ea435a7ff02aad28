import { z } from 'zod';
import { v7 as uuid } from 'uuid';
import { ContactNote } from '../../db/entities/contact-note.ts';
import { findPage, NEWEST } from '../../db/page.ts';
import { actorEmails, type ActorEmails } from '../../db/people/actor-emails.ts';
import { readPage, toApiPage } from '../http/cursor.ts';
import { freeText, id, instant } from '../http/fields.ts';
import type { AccountCall } from '../http/route.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';
import { toApiActor } from '../purchase/purchase-view.ts';

export const noteSchema = z
  .strictObject({
    id,
    text: z.string(),
    purchaseId: id.nullable().describe('The purchase that it is about; null = the person.'),
    by: actorSchema,
    createdAt: instant,
  })
  .meta({ id: 'Note' });

export const noteBody = z.strictObject({ text: freeText });
export const NOTE_EXAMPLE = { text: 'Called about the invoice; prefers email.' };

const toApiNote = ({ id: noteId, text, purchaseId, actor, createdAt }: ContactNote, emails: ActorEmails) => ({
  id: noteId,
  text,
  purchaseId,
  by: toApiActor(actor, emails),
  createdAt,
});

type About = { contactId: string; purchaseId: string | null };
type Writing = AccountCall<unknown, unknown, z.output<typeof noteBody>>;

export async function writeNote({ em, account, now, caller, body }: Writing, about: About) {
  const of = { accountId: account.id, ...about, actor: caller.actor };
  const note = em.create(ContactNote, { id: uuid(), ...of, text: body.text, createdAt: now });
  await em.flush();
  return { status: 201 as const, body: toApiNote(note, await actorEmails(em, [note.actor])) };
}

type Listing = AccountCall<unknown, { limit: number; cursor?: string | undefined }, unknown>;

/** The notes about a person or about one purchase, the newest first. */
export async function notesOf({ em, query }: Listing, where: { contactId: string } | { purchaseId: string }) {
  const page = await findPage(em, ContactNote, { order: NEWEST, where }, readPage(query, NEWEST));
  const emails = await actorEmails(
    em,
    page.rows.map(({ actor }) => actor),
  );
  return { status: 200 as const, body: toApiPage(page, (note) => toApiNote(note, emails)) };
}
