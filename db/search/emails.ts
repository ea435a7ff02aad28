import { accountIdOf, type Scoped } from '../account-scope.ts';
import { sql } from '../sql.ts';
import type { EmailState } from '../entities/email.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { firstOf, idsIn, idsOf, newestOfEach, rowsOf, type By, type Found, type Search } from './search.ts';
import { WHO, type Who } from './who.ts';

export type EmailFound = Who & {
  id: string;
  kind: string;
  subject: string | null;
  state: EmailState;
  at: Instant;
};

/** By an id, and by whom they are to. */
export async function findEmails(em: Scoped, { meant, most }: Search, { people }: By): Promise<Found<EmailFound>> {
  const accountId = accountIdOf(em);
  const found = await firstOf(most, [
    () => idsIn(em, meant, sql`emails where recipient_kind = 'contact'`, most),
    async () =>
      people.length === 0
        ? []
        : idsOf(
            em,
            newestOfEach(
              people,
              sql`select id, due_at as at from emails where account_id = ${accountId} and recipient_id = one.id
                order by due_at desc, id desc`,
              most,
            ),
          ),
  ]);
  return rowsOf(
    em,
    found,
    most,
    (shown) => sql`select e.id, e.kind, e.subject, e.state, e.due_at as at, ${WHO}
     from emails e join contacts c on c.id = e.recipient_id
     where e.account_id = ${accountId} and e.id = any(${shown}::uuid[])`,
  );
}
