import { purchaseNoteRoutes } from '../../../purchase/purchase-notes.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import type { Form } from '../../form.ts';
import type { PageCall } from '../../page.ts';

type Changed = { isDone: true } | { isDone: false; status: number; problem: ProblemBody };

/** Keeps the note that was written, or takes away the one whose button was pressed. */
export async function changeNotes(call: PageCall, { typed, body, key }: Form): Promise<Changed> {
  const purchaseId = call.params.purchaseId ?? '';
  const noteId = typed._note?.at(-1);
  if (noteId === undefined) return call.api.ask(purchaseNoteRoutes.addNote, { params: { purchaseId }, body, key });
  return call.api.ask(purchaseNoteRoutes.removeNote, { params: { purchaseId, noteId }, key });
}
