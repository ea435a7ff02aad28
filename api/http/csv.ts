import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { z } from 'zod';

/** Documented as its text. */
export const csvText = z.custom<AsyncIterable<string>>();

/** Digits of our own, which may begin with a minus. */
export type Decimal = { digits: string };
export type Cell = string | number | Decimal | null;

/**
 * Records under a head as a CSV file: RFC 4180 in UTF-8. Text that a spreadsheet would take for a
 * formula begins with an apostrophe. It is made as it is read, and never held as a whole.
 * `hasMark`: begins with the mark of UTF-8, without which spreadsheets read names wrongly.
 */
export function csvFile(head: readonly string[], records: AsyncIterable<Cell[]>, { hasMark = false } = {}): Readable {
  const lines = stringify({
    bom: hasMark,
    header: true,
    columns: [...head],
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
    escape_formulas: true,
    cast: {
      number: (value) => ({ value: String(value), escape_formulas: false }),
      object: ({ digits }) => ({ value: String(digits), escape_formulas: false }),
    },
  });
  // Whatever fails or goes away destroys the whole line, which ends the answer early.
  pipeline(Readable.from(records), lines, () => undefined);
  return lines;
}
