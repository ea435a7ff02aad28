import { z } from 'zod';

/** Lines of a CSV file (RFC 4180), as they are read; documented as its text. */
export const csvLines = z.custom<AsyncIterable<string>>();

/** What a spreadsheet would take for a formula is told by an apostrophe that it is none. */
const IS_FORMULA = /^[=+\-@\t\r]/;

export const csvLine = (cells: readonly (string | null)[]): string => `${cells.map(cellOf).join(',')}\r\n`;

function cellOf(text: string | null): string {
  const safe = text === null ? '' : IS_FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
