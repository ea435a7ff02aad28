/**
 * Why Postgres will never take what it was given, because of what is in it: the constraint, or the code of the error; null where it may take it
 * another time. SQLSTATE classes 22 and 23, and 54, a value too large for what it goes into. Neither holds anything personal.
 */
export function dataFault(error: unknown): string | null {
  const { code = '', constraint } = error as { code?: string; constraint?: string };
  return /^(2[23]|54)/.test(code) ? (constraint ?? code) : null;
}
