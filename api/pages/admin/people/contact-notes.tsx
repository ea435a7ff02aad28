import { EMPTY_FORM } from '../../form.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { FormKey, LongText } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Paragraphs } from '../../parts/prose.tsx';
import { Near } from '../../parts/when.tsx';
import type { ContactShown } from './contact-shown.ts';

/** What the account's people wrote about them. */
export const NotesOf = ({ notes, site, note: { form, problem } }: ContactShown) =>
  notes === null ? null : (
    <section>
      <h2>Notes</h2>
      {notes.length === 0 ? (
        <p className="quiet">No notes. They are for your team; the person does not see them.</p>
      ) : null}
      {notes.map(({ id, text, by, createdAt }) => (
        <article key={id}>
          <Paragraphs text={text} />
          <form method="post" className="actions">
            <FormKey form={EMPTY_FORM} />
            <input type="hidden" name="_step" value="unnote" />
            <small className="quiet">
              {actorInWords(by)}, <Near at={createdAt} site={site} />
            </small>
            <button name="_note" value={id}>
              Delete<span className="unseen"> the note of {actorInWords(by)}</span>
            </button>
          </form>
        </article>
      ))}
      <details open={problem !== null}>
        <summary className="btn">Write a note</summary>
        <ProblemNotice problem={problem} />
        <form method="post" className="narrow">
          <FormKey form={form} />
          <input type="hidden" name="_step" value="note" />
          <LongText name="text" label="Note" form={form} help="For your team; the person does not see it." />
          <button className="primary">Keep note</button>
        </form>
      </details>
    </section>
  );
