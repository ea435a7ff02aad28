import type { Count } from '../../../../db/counts.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { SEGMENT_FILTER_KINDS, SEGMENT_MATCHES } from '../../../../workflows/domain/segment.ts';
import { EMPTY_FORM, type FormState } from '../../form.ts';
import { foundInWords } from '../../parts/counts.ts';
import { ChoiceField, FormKey, SelectField, TextField, type Option } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { SEGMENT_FILTER_WORDS, SEGMENT_MATCH_WORDS } from '../../words/segment.ts';
import { SegmentRow, type Choices } from './segment-row.tsx';
import { aboveRows, type Row } from './segment-rows.ts';
import type { Segment } from './segments.tsx';

type Shown = {
  segment: Segment | null;
  choices: Choices;
  form: FormState;
  rows: readonly Row[];
  problem: ProblemBody | null;
  count: Count | undefined;
  notice: string | undefined;
};

export const SegmentForm = ({ notice, problem, count, ...shown }: Shown) => (
  <>
    <p className="crumbs">
      <a href="/contacts">Contacts</a> / <a href="/contacts/segments">Segments</a>
    </p>
    <Head {...shown} />
    {notice === 'saved' ? <Notice tone="good">The segment has been saved.</Notice> : null}
    <ProblemNotice problem={problem} />
    {count === undefined ? null : (
      <p role="status">
        <strong>{foundInWords(count, 'contact')}</strong> now.
      </p>
    )}
    <Conditions {...shown} />
    {shown.segment ? <Remove /> : null}
  </>
);

const Head = ({ segment }: Pick<Shown, 'segment'>) => (
  <div className="head">
    <h1>{segment?.name ?? 'Create a segment'}</h1>
    {segment ? (
      <a className="btn" href={`/contacts?segment=${segment.id}`}>
        See who is in it
      </a>
    ) : null}
  </div>
);

const Conditions = ({ segment, choices, form, rows }: Pick<Shown, 'segment' | 'choices' | 'form' | 'rows'>) => (
  <form method="post">
    <FormKey form={form} />
    <TextField name="name" label="Name" form={form} />
    <ChoiceField
      name="match"
      label="In it is whoever"
      form={form}
      options={SEGMENT_MATCHES.map((value) => ({ value, label: SEGMENT_MATCH_WORDS[value] }))}
    />
    {aboveRows(form).map(({ message }) => (
      <p key={message} className="error">
        Conditions {message}
      </p>
    ))}
    {rows.map((row, place) => (
      <SegmentRow key={place} place={place} row={row} form={form} choices={choices} />
    ))}
    <AddCondition choices={choices} isFirst={rows.length === 0} />
    <p>
      <button name="_step" value="count">
        Count
      </button>{' '}
      <button className="primary" name="_step" value="save">
        {segment ? 'Save' : 'Create segment'}
      </button>
    </p>
  </form>
);

const AddCondition = ({ choices, isFirst }: { choices: Choices; isFirst: boolean }) => (
  <div className="field">
    <SelectField
      name="_kind"
      label={isFirst ? 'First condition' : 'One more condition'}
      form={EMPTY_FORM}
      options={kindsOf(choices)}
    />
    <button name="_step" value="add" formNoValidate>
      Add condition
    </button>
  </div>
);

/** Each field of the account is a kind of its own. */
const kindsOf = ({ fields, products }: Choices): Option[] =>
  SEGMENT_FILTER_KINDS.flatMap((value): Option[] => {
    if (value === 'field') return fields.map(({ key, label }) => ({ value: `field:${key}`, label }));
    if (value === 'access' && products.length === 0) return [];
    return [{ value, label: SEGMENT_FILTER_WORDS[value].label }];
  });

const Remove = () => (
  <details>
    <summary className="btn">Delete</summary>
    <form method="post" className="narrow">
      <FormKey form={EMPTY_FORM} />
      <p>Its contacts stay. A segment that others ask for is not deleted.</p>
      <button className="danger" name="_step" value="delete">
        Delete the segment
      </button>
    </form>
  </details>
);
