import { EMPTY_FORM } from '../form.ts';
import { asMarked } from '../marked.ts';
import { Flag, FormKey, TextField } from '../parts/fields.tsx';
import { ProblemNotice } from '../parts/notice.tsx';
import { choosable, type ListColumn } from './column.tsx';
import { openAddress, type KeptView } from './kept-views.ts';
import { UNTRIED, type Tried } from './list.ts';

type Query = Record<string, string>;

type ColumnsProps<Row> = {
  path: string;
  /** What the address says besides. */
  chosen: Query;
  all: readonly ListColumn<Row>[];
  shown: readonly ListColumn<Row>[];
};

/** Which columns the list has: one box each, but for the first, which leads to the row. */
export function ColumnsChip<Row>({ path, chosen, all, shown }: ColumnsProps<Row>) {
  const { columns, ...kept } = chosen;
  return (
    <details className={columns === undefined ? 'menu chip' : 'menu chip set'} name="filter">
      <summary>Columns</summary>
      <form className="form" method="get" action={path}>
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <fieldset>
          <legend className="unseen">Columns</legend>
          <input type="hidden" name="columns" value={all[0]?.name} />
          {choosable(all).map((column) => (
            <label key={column.name} className="choice">
              <input type="checkbox" name="columns" value={column.name} defaultChecked={shown.includes(column)} />
              {column.label}
            </label>
          ))}
        </fieldset>
        <button className="primary">Show these</button>
      </form>
    </details>
  );
}

export type ViewsProps = {
  path: string;
  views: readonly KeptView[];
  /** The one that is open; `isChanged`: the list shows something else by now. */
  view: KeptView | null;
  isChanged: boolean;
  /** Whether the visitor may change what everybody sees. */
  mayShare: boolean;
  /** The form to keep one, where it was refused. */
  tried: Tried | null;
};

/** Views to open, and what is shown to be kept as one. */
export const ViewsChip = ({ path, views, view, isChanged, mayShare, tried }: ViewsProps) => (
  <details className={view === null ? 'menu chip' : 'menu chip set'} name="filter" open={tried !== null}>
    <summary>{view === null ? 'Views' : `View: ${view.name}${isChanged ? ', changed' : ''}`}</summary>
    <div className="form">
      {views.length === 0 ? null : (
        <ul className="views-kept">
          {views.map((one) => (
            <li key={one.id}>
              <a href={openAddress(path, one)} aria-current={one.id === view?.id ? 'true' : undefined}>
                {one.name}
              </a>
              {one.isShared ? <small className="quiet"> for everybody</small> : null}
            </li>
          ))}
        </ul>
      )}
      {view === null || (view.isShared && !mayShare) ? null : <ChangeView name={view.name} isChanged={isChanged} />}
      <KeepView mayShare={mayShare} tried={tried ?? UNTRIED} />
    </div>
  </details>
);

const ChangeView = ({ name, isChanged }: { name: string; isChanged: boolean }) => (
  <form method="post" className="actions">
    <FormKey form={EMPTY_FORM} />
    {isChanged ? (
      <button className="tiny" name="_step" value="change-view">
        Let “{name}” show this
      </button>
    ) : null}
    <button className="tiny danger" name="_step" value="delete-view">
      Delete “{name}”
    </button>
  </form>
);

const KeepView = ({ mayShare, tried: { form, problem } }: { mayShare: boolean; tried: Tried }) => (
  <form method="post">
    <ProblemNotice problem={problem && asMarked(problem)} />
    <FormKey form={form} />
    <TextField name="name" label="Name of a view" required form={form} within="view" />
    {mayShare ? <Flag name="isShared@flag" label="For everybody in the account" form={form} /> : null}
    <button className="primary" name="_step" value="keep-view">
      Keep what is shown
    </button>
  </form>
);
