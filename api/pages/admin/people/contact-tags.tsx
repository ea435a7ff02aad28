import { EMPTY_FORM } from '../../form.ts';
import { FormKey, TextField } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import type { ContactShown } from './contact-shown.ts';

/** The words by which they are found again. */
export const TagsOf = ({ contact: { tags }, mayEdit, tag: { form, problem } }: ContactShown) => (
  <section>
    <h2>Tags</h2>
    {tags.length === 0 ? <p className="quiet">No tags.</p> : null}
    <ul className="tags">
      {tags.map((tag) => (
        <li key={tag}>
          <a href={`/contacts?tag=${encodeURIComponent(tag)}`}>{tag}</a>
          {mayEdit ? <Untag tag={tag} /> : null}
        </li>
      ))}
    </ul>
    {mayEdit ? (
      <details open={problem !== null}>
        <summary className="btn">Add a tag</summary>
        <ProblemNotice problem={problem} />
        <form method="post" className="narrow">
          <FormKey form={form} />
          <input type="hidden" name="_step" value="tag" />
          <TextField name="tag" label="Tag" required form={form} />
          <button className="primary">Add tag</button>
        </form>
      </details>
    ) : null}
  </section>
);

const Untag = ({ tag }: { tag: string }) => (
  <form method="post">
    <FormKey form={EMPTY_FORM} />
    <input type="hidden" name="_step" value="untag" />
    <button name="_tag" value={tag}>
      Remove<span className="unseen"> {tag}</span>
    </button>
  </form>
);
