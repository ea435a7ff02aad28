import { giveUpEmail, queuedWelcomeEmails, type WelcomeEmail } from '../../db/mail/emails.ts';
import type { Orm } from '../../db/orm.ts';
import type { AtOnce } from './send-at-once.ts';
import type { SendEmail } from './send-email.ts';

/**
 * The activities of the workflows `mail` and `welcome`; `sendEmail` runs on the email queue, the
 * others where the workflow does.
 */
export const createMailActivities = (orm: Orm, sendEmail: SendEmail, tryEmail: AtOnce['tryEmail']) => ({
  sendEmail,
  tryEmail,
  /** Ends an email for which no try is left; `reason` is a code. */
  endUnsentEmail: (emailId: string, reason: string): Promise<void> => giveUpEmail(orm.em.fork(), emailId, reason),
  /** A purchase's welcome emails that wait, in their order. */
  listWelcomeEmails: (purchaseId: string): Promise<WelcomeEmail[]> => queuedWelcomeEmails(orm.em.fork(), purchaseId),
});

export type MailActivities = ReturnType<typeof createMailActivities>;
