import type { Wakes } from '../../activities/gateways/temporal.ts';
import type { Scoped } from '../../db/account-scope.ts';
import { lockContactById } from '../../db/people/contacts.ts';
import { mayMailLink } from '../../db/people/login-links.ts';
import { subscribeAtCheckout } from '../../db/people/submit-form.ts';
import { fromMs } from '../../workflows/domain/instant.ts';

type Agreed = { contactId: string; wording: string; now: string };

/**
 * Keeps that somebody has agreed to news while they began to buy, which buying itself never says
 * [R3.3]. Whoever has unsubscribed before is mailed a link, and comes back by that alone [R3.6].
 */
export async function agreeToNews(
  em: Scoped,
  { contactId, wording, now }: Agreed,
  { wakes }: { wakes: Pick<Wakes, 'startMail'> },
): Promise<void> {
  const emailId = await em.transactional(async (tx) => {
    const contact = await lockContactById(tx, contactId);
    if (!contact) return null;
    const mayMail = contact.marketingStatus === 'unsubscribed' && (await mayMailLink(tx, contact.email));
    return subscribeAtCheckout(tx, contact, { mayMail, wording, now, realNow: fromMs(Date.now()) });
  });
  if (emailId !== null) await wakes.startMail(emailId);
}
