/**
 * Why Postgres will never accept this data: the constraint, or the code of the error. Null if it
 * may accept it another time. SQLSTATE classes 22 and 23, and 54 (a value too large). Neither holds
 * anything personal.
 */
export function dataFault(error: unknown): string | null {
  const { code = '', constraint } = error as { code?: string; constraint?: string };
  return /^(2[23]|54)/.test(code) ? (constraint ?? code) : null;
}
