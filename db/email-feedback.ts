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

/** Keeps what became of an email; repeats and late arrivals change nothing. */
export async function keepEmailFeedback(
  em: EntityManager,
  { providerId, state, reason }: EmailFeedback,
): Promise<void> {
  const before = REPLACES[state].map((one) => `'${one}'`).join(', ');
  await em.execute(`update emails set state = ?, reason = ? where provider_id = ? and state in (${before})`, [
    state,
    reason,
    providerId,
  ]);
}
