import type { Readable } from 'node:stream';
import { decimalMoney } from '../../../emails/format.ts';
import { csvFile, type Cell, type Decimal } from '../../http/csv.ts';
import type { Amount, ListColumn } from './column.tsx';

type Field<Row> = { label: string; cell: (row: Row) => Cell };

/**
 * Rows as a file, with the columns of the page. Instants are UTC, as the API's [R1.1]; an amount is
 * a decimal, its currency the column beside it.
 */
export function csvOf<Row>(columns: readonly ListColumn<Row>[], rows: AsyncIterable<Row>): Readable {
  const fields = columns.flatMap(fieldsOf);
  const head = fields.map(({ label }) => label);
  return csvFile(head, recordsOf(fields, rows), { hasMark: true });
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
