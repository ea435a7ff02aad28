import type { ReactNode } from 'react';
import type { Instant } from '../../../workflows/domain/instant.ts';
import type { Column } from '../parts/list.tsx';
import { moneyInWords } from '../parts/money.tsx';
import { Near } from '../parts/when.tsx';
import type { Here } from '../words/instant.ts';

export type Amount = { amountMinor: number; currency: string };

/** What a column says of a row. A file says just this; a page may show it in other words. */
type Said<Row> =
  | { value: (row: Row) => string | number | null }
  | { amount: (row: Row) => Amount | null }
  | { instant: (row: Row) => Instant | null }
  /** What can be done with the row: no file has it, and nobody chooses it. */
  | { isStep: true; cell: (row: Row, here: Here) => ReactNode };

/** One column of a list, for its page and for its file. */
export type ListColumn<Row> = Omit<Column<Row>, 'sort' | 'cell'> & {
  /** What an address calls it. */
  name: string;
  /** Where the row leads: the page shows the text as its link. */
  href?: (row: Row) => string;
  /** As the page shows it, where that is more than the text. */
  cell?: (row: Row, here: Here) => ReactNode;
  /** Which of the list's orders is by it. */
  sort?: string;
  /** Shown only where it is chosen. */
  isExtra?: boolean;
} & Said<Row>;

/** What programs call a row by. */
export const ID = {
  name: 'id',
  label: 'Id',
  isExtra: true,
  value: ({ id }: { id: string }) => id,
} as const;

export const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

/** How the page shows a column. */
export const cellOf =
  <Row,>(column: ListColumn<Row>, here: Here): ((row: Row) => ReactNode) =>
  (row) =>
    column.cell ? column.cell(row, here) : linked(column, row, asText(column, row, here));

const linked = <Row,>({ href }: ListColumn<Row>, row: Row, text: ReactNode): ReactNode =>
  href ? (
    <a className="row" href={href(row)}>
      {text}
    </a>
  ) : (
    text
  );

function asText<Row>(column: ListColumn<Row>, row: Row, here: Here): ReactNode {
  if ('instant' in column) return <Near at={column.instant(row)} site={here} />;
  if ('value' in column) return column.value(row);
  if (!('amount' in column)) return null;
  const amount = column.amount(row);
  return amount && moneyInWords(amount);
}

/** Where a list is a part of another page: all that is not extra, but for some. */
export const asTable = <Row,>(
  columns: readonly ListColumn<Row>[],
  here: Here,
  left: readonly string[] = [],
): Column<Row>[] =>
  columns
    .filter(({ name, isExtra }) => isExtra !== true && !left.includes(name))
    .map((column) => ({ ...column, sort: undefined, cell: cellOf(column, here) }));

const isStep = <Row,>(column: ListColumn<Row>): boolean => 'isStep' in column;

type Chosen<Row> = { columns: readonly ListColumn<Row>[]; unknown: string[] };

/**
 * The columns that an address names, in its order: what leads to a row comes first, what can be
 * done with it last, whatever is named. Without any, those that are not extra.
 */
export function chooseColumns<Row>(all: readonly ListColumn<Row>[], named: string | undefined): Chosen<Row> {
  const [first] = all;
  if (named === undefined || first === undefined)
    return { columns: all.filter(({ isExtra }) => isExtra !== true), unknown: [] };
  const byName = new Map(all.filter((one) => one !== first && !isStep(one)).map((one) => [one.name, one]));
  const names = [...new Set(named.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  const chosen = names.flatMap((name) => byName.get(name) ?? []);
  const unknown = names.filter((name) => name !== first.name && !byName.has(name));
  return { columns: [first, ...chosen, ...all.filter(isStep)], unknown };
}

/** What somebody can choose among. */
export const choosable = <Row,>(all: readonly ListColumn<Row>[]): ListColumn<Row>[] =>
  all.slice(1).filter((column) => !isStep(column));
