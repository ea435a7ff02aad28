import type { z } from 'zod';
import type { ProblemBody } from '../../http/problem.ts';
import type { noteSchema } from '../../people/note-view.ts';
import { EMPTY_FORM, type FormState } from '../form.ts';
import type { Site } from '../page.ts';
import { actorInWords } from './actor.tsx';
import { FormKey, LongText } from './fields.tsx';
import { ProblemNotice } from './notice.tsx';
import { Paragraphs } from './prose.tsx';
import { Near } from './when.tsx';

export type Note = z.output<typeof noteSchema>;

type NotesProps = {
  notes: readonly Note[];
  /** The purchase whose page it is; undefined = a person's, which names those of notes. */
  purchaseId?: string;
  note: { form: FormState; problem: ProblemBody | null };
  site: Site;
};

const FOR_WHOM = 'For your team; the person does not see it.';

/** What the account's people wrote about a person or a purchase. */
export const Notes = ({ notes, purchaseId, note: { form, problem }, site }: NotesProps) => (
  <section id="notes">
    <h2>Notes</h2>
    {notes.length === 0 ? (
      <p className="quiet">No notes. They are for your team; the person does not see them.</p>
    ) : null}
    {notes.map((one) => (
      <OneNote key={one.id} note={one} isOnPurchase={purchaseId !== undefined} site={site} />
    ))}
    <details open={problem !== null}>
      <summary className="btn">Write a note</summary>
      <ProblemNotice problem={problem} />
      <form method="post" className="narrow">
        <FormKey form={form} />
        <input type="hidden" name="_step" value="note" />
        <LongText name="text" label="Note" form={form} help={FOR_WHOM} />
        <button className="primary">Keep note</button>
      </form>
    </details>
  </section>
);

type OneProps = { note: Note; isOnPurchase: boolean; site: Site };

const OneNote = ({ note: { id, text, purchaseId, by, createdAt }, isOnPurchase, site }: OneProps) => (
  <article>
    <Paragraphs text={text} />
    <form method="post" className="actions">
      <FormKey form={EMPTY_FORM} />
      <input type="hidden" name="_step" value="unnote" />
      <small className="quiet">
        {actorInWords(by)}, <Near at={createdAt} site={site} />
        {purchaseId === null || isOnPurchase ? null : (
          <>
            , about <a href={`/purchases/${purchaseId}`}>a purchase</a>
          </>
        )}
      </small>
      <button name="_note" value={id}>
        Delete<span className="unseen"> the note of {actorInWords(by)}</span>
      </button>
    </form>
  </article>
);
