import { Fragment, type ReactNode } from 'react';

export type Column<Row> = {
  label: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand to the right, under each other. */
  isFigure?: boolean;
  /** Ends in an ellipsis: `wide` and `less` share what width is left, `fit` takes what it needs. */
  width?: 'wide' | 'less' | 'fit' | undefined;
  isQuiet?: boolean;
  /** Steps back where the window is narrow. */
  isSpare?: boolean;
  /**
   * Its place on a phone, where a row has two lines: `r` is at the right. What has none is on the
   * row's own page.
   */
  at?: '1' | '1r' | '2' | '2r' | undefined;
  /** Where the list is that is sorted by it, and whether this is that list. */
  sort?: SortLink | undefined;
};

type SortLink = { href: string; direction: 'ascending' | 'descending'; isSorted: boolean };

/** Rows under a head of their own; `figure` stands at its right. */
export type RowGroup<Row> = { head: ReactNode; figure: ReactNode; rows: readonly Row[] };

type TableProps<Row> = {
  caption: string;
  rows: readonly Row[];
  /** The same rows, parted. */
  groups?: readonly RowGroup<Row>[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  /** What to do where there is nothing yet. */
  empty: ReactNode;
};

/**
 * A list with one line a row; the first link of a row is the whole row. On a phone a row has the
 * two lines that its columns say, or is a card whose cells name themselves.
 */
export function Table<Row>({ caption, rows, groups, columns, keyOf, empty }: TableProps<Row>) {
  if (rows.length === 0) return <div className="empty">{empty}</div>;
  const isCards = columns.every(({ at }) => at === undefined);
  return (
    <table className={isCards ? 'list cards' : 'list'} role="table">
      <caption className="unseen">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <Head key={column.label} {...column} />
          ))}
        </tr>
      </thead>
      {(groups ?? [{ head: null, figure: null, rows }]).map((group, index) => (
        <tbody key={index} role="rowgroup">
          {group.head === null ? null : <GroupHead {...group} columns={columns.length} />}
          {group.rows.map((row) => (
            <Row key={keyOf(row)} row={row} columns={columns} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Row<Of>({ row, columns }: { row: Of; columns: readonly Column<Of>[] }) {
  return (
    <tr role="row">
      {columns.map((column) => (
        <td key={column.label} role="cell" data-label={column.label} data-at={column.at} className={classesOf(column)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

type GroupHeadProps = Pick<RowGroup<never>, 'head' | 'figure'> & { columns: number };

const GroupHead = ({ head, figure, columns }: GroupHeadProps) => (
  <tr className="group" role="row">
    <th colSpan={columns - 1} scope="rowgroup" role="rowheader">
      {head}
    </th>
    <td className="num" role="cell">
      {figure}
    </td>
  </tr>
);

type HeadProps = Pick<Column<never>, 'label' | 'isFigure' | 'isSpare' | 'sort'>;

const SIGNS = { ascending: '↑', descending: '↓' } as const;

const Head = ({ label, isFigure = false, isSpare = false, sort }: HeadProps) => (
  <th
    scope="col"
    role="columnheader"
    className={classesOf({ isFigure, isSpare })}
    aria-sort={sort?.isSorted ? sort.direction : undefined}
  >
    {sort ? (
      <a href={sort.href}>
        {label}
        {sort.isSorted ? <span aria-hidden="true"> {SIGNS[sort.direction]}</span> : null}
      </a>
    ) : label === '' ? (
      <span className="unseen">What can be done</span>
    ) : (
      label
    )}
  </th>
);

const WIDTH_CLASSES = { wide: 'wide', less: 'wide less', fit: 'fit' } as const;

function classesOf({ isFigure, width, isQuiet, isSpare }: Omit<Column<never>, 'label' | 'cell'>): string | undefined {
  const names = [
    isFigure ? 'num' : null,
    width === undefined ? null : WIDTH_CLASSES[width],
    isQuiet ? 'quiet' : null,
    isSpare ? 'spare' : null,
  ].filter((name) => name !== null);
  return names.length === 0 ? undefined : names.join(' ');
}

/** Query texts of this page with some of them changed; undefined takes one out. */
export function addressWith(path: string, query: Record<string, string>, change: Record<string, string | undefined>) {
  const entries = Object.entries({ ...query, ...change }).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(entries as [string, string][]).toString();
  return search ? `${path}?${search}` : path;
}

/** A sort of a list, of which the first is the address without any. */
export type Sort = { value: string; label: string; direction: SortLink['direction'] };

/** The head of a column leads to the list sorted by it. */
export function sortLink(path: string, chosen: Record<string, string>, sort: Sort, isFirst: boolean): SortLink {
  const href = addressWith(path, chosen, { sort: isFirst ? undefined : sort.value });
  const isSorted = chosen.sort === undefined ? isFirst : chosen.sort === sort.value;
  return { href, direction: sort.direction, isSorted };
}

/** What a list of a page asks for: so many rows, from where the address says. */
export const pageOf = ({ cursor }: Record<string, string>) => ({ limit: '25', cursor });

type PagerProps = { path: string; query: Record<string, string>; nextCursor: string | null };

/**
 * On to the next page of a list, and back to the first; the browser's own "back" leads to those
 * between.
 */
export function Pager({ path, query, nextCursor }: PagerProps) {
  if (nextCursor === null && query.cursor === undefined) return null;
  return (
    <nav className="pages" aria-label="Pages">
      {query.cursor === undefined ? null : (
        <a className="btn tiny" href={addressWith(path, query, { cursor: undefined })}>
          First page
        </a>
      )}
      {nextCursor === null ? null : (
        <a className="btn tiny" rel="next" href={addressWith(path, query, { cursor: nextCursor })}>
          Next page
        </a>
      )}
    </nav>
  );
}

/** Names and values, side by side. */
export const Facts = ({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }) => (
  <dl className="kv">
    {facts.map(([label, value]) => (
      <Fragment key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </Fragment>
    ))}
  </dl>
);
