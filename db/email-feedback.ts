import type { EntityManager } from '@mikro-orm/postgresql';

/** What the provider says of an email after it was sent. */
export type EmailFeedback = {
  providerId: string;
  state: 'delivered' | 'bounced' | 'complained' | 'suppressed' | 'failed';
  reason: string | null;
};

/** Which states a later word may replace: a bounce is never undone by a late "delivered". */
const REPLACES: Record<EmailFeedback['state'], readonly string[]> = {
  delivered: ['sent', 'unknown'],
  bounced: ['sent', 'unknown', 'delivered'],
  complained: ['sent', 'unknown', 'delivered'],
  suppressed: ['sent', 'unknown'],
  failed: ['sent', 'unknown'],
};

/** Keeps what became of an email; repeats and late arrivals change nothing. False where no email has that id, or has it not yet. */
export async function keepEmailFeedback(
  em: EntityManager,
  { providerId, state, reason }: EmailFeedback,
): Promise<boolean> {
  const before = REPLACES[state].map((one) => `'${one}'`).join(', ');
  const found = await em.execute<unknown[]>(
    `update emails set state = case when state in (${before}) then ? else state end,
       reason = case when state in (${before}) then ? else reason end where provider_id = ? returning 1`,
    [state, reason, providerId],
  );
  return found.length > 0;
}
