/**
 * Imported before anything else: standard output holds the result alone, and the ORM takes
 * console.log as it finds it at its import.
 */
export const print = console.log;
console.log = console.error;
