import { sql } from '../sql.ts';

/** Of whom a row is; `isErased`: nobody knows any more. */
export type Who = { email: string; name: string | null; isTest: boolean; isErased: boolean };

/** Of the contact `c`. */
export const WHO = sql`c.email, c.name, c.is_test as "isTest", c.erased_at is not null as "isErased"`;
