import { accountIdOf, type Scoped } from '../account-scope.ts';
import { CommandText } from '../entities/command-text.ts';
import { InboxRow } from '../entities/inbox-row.ts';
import { findRow } from '../find-row.ts';

/** A command's row, and Stripe's own words about it if there are any. */
export type StoredCommand = { row: InboxRow; stripeMessage: string | null };

/** A command of the account, always as it stands now. */
export async function findCommand(em: Scoped, id: string): Promise<StoredCommand | null> {
  const row = await findRow(em, InboxRow, { id, accountId: accountIdOf(em), class: 'command' });
  if (!row) return null;
  if (!row.answer?.refusal) return { row, stripeMessage: null };
  const texts = await em.findOne(CommandText, { commandId: id }, { disableIdentityMap: true });
  return { row, stripeMessage: texts?.stripeMessage ?? null };
}
