import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { decimalMoney } from '../../../emails/format.ts';
import type { Amount, ListColumn } from './column.tsx';

/** Digits of our own, which may begin with a minus. */
type Decimal = { digits: string };
type Cell = string | number | Decimal | null;
type Field<Row> = { label: string; cell: (row: Row) => Cell };

/**
 * Rows as a file, with the columns of the page: RFC 4180 in UTF-8 with its mark, without which
 * spreadsheets read names wrongly. Instants are UTC, as the API's [R1.1]; an amount is a decimal,
 * its currency the column beside it. Text that a spreadsheet would take for a formula begins with
 * an apostrophe. However many rows there are, few of them are held at once.
 */
export function csvOf<Row>(columns: readonly ListColumn<Row>[], rows: AsyncIterable<Row>): Readable {
  const fields = columns.flatMap(fieldsOf);
  const lines = stringify({
    bom: true,
    header: true,
    columns: fields.map(({ label }) => label),
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
    escape_formulas: true,
    cast: {
      number: (value) => ({ value: String(value), escape_formulas: false }),
      object: ({ digits }) => ({ value: String(digits), escape_formulas: false }),
    },
  });
  // Whatever fails or goes away destroys the whole line, which ends the answer early.
  pipeline(Readable.from(recordsOf(fields, rows)), lines, () => undefined);
  return lines;
}

function fieldsOf<Row>(column: ListColumn<Row>): Field<Row>[] {
  const { label } = column;
  if ('value' in column) return [{ label, cell: column.value }];
  if ('instant' in column) return [{ label, cell: column.instant }];
  if (!('amount' in column)) return [];
  const { amount } = column;
  return [
    { label, cell: (row) => asDecimal(amount(row)) },
    { label: `${label}: currency`, cell: (row) => amount(row)?.currency.toUpperCase() ?? null },
  ];
}

const asDecimal = (amount: Amount | null): Decimal | null => amount && { digits: decimalMoney(amount) };

async function* recordsOf<Row>(fields: readonly Field<Row>[], rows: AsyncIterable<Row>): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield fields.map(({ cell }) => cell(row));
}
