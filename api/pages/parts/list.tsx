import type { ReactNode } from 'react';

export type Column<Row> = {
  label: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand to the right. */
  isFigure?: boolean;
};

type TableProps<Row> = {
  caption: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  /** What to do where there is nothing yet. */
  empty: ReactNode;
};

/** A list as a table; on a phone each row becomes a card whose cells name themselves. */
export function Table<Row>({ caption, rows, columns, keyOf, empty }: TableProps<Row>) {
  if (rows.length === 0) return <div className="empty">{empty}</div>;
  return (
    <table className="list">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ label, isFigure }) => (
            <th key={label} scope="col" className={isFigure ? 'figure' : undefined}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ label, cell, isFigure }) => (
              <td key={label} data-label={label} className={isFigure ? 'figure' : undefined}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Query texts of this page with some of them changed; undefined takes one out. */
export function addressWith(path: string, query: Record<string, string>, change: Record<string, string | undefined>) {
  const entries = Object.entries({ ...query, ...change }).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(entries as [string, string][]).toString();
  return search ? `${path}?${search}` : path;
}

type PagerProps = { path: string; query: Record<string, string>; nextCursor: string | null };

/**
 * On to the next page of a list, and back to the first; the browser's own "back" leads to those
 * between.
 */
export function Pager({ path, query, nextCursor }: PagerProps) {
  if (nextCursor === null && query.cursor === undefined) return null;
  return (
    <nav className="pager" aria-label="Pages">
      {query.cursor === undefined ? null : <a href={addressWith(path, query, { cursor: undefined })}>First page</a>}
      {nextCursor === null ? null : (
        <a rel="next" href={addressWith(path, query, { cursor: nextCursor })}>
          Next page
        </a>
      )}
    </nav>
  );
}

/** Names and values, side by side. */
export const Facts = ({ facts }: { facts: readonly (readonly [label: string, value: ReactNode])[] }) => (
  <dl className="facts">
    {facts.map(([label, value]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
