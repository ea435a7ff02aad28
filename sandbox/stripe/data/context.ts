import type { DatabaseSync } from 'node:sqlite';

/** Whose objects, where they are kept, and what time it is. */
export interface BooksContext {
  database: DatabaseSync;
  /**
   * `acct_...` of the key, or `acct_platform/acct_connected` for an account reached through
   * Connect.
   */
  account: string;
  publicUrl: string;
  /** Real time plus the sandbox's offset, Unix seconds. */
  now: () => number;
}

/** The API request in which something changes; of nulls where it happens by itself. */
export interface RequestMark {
  id: string | null;
  idempotency_key: string | null;
}
