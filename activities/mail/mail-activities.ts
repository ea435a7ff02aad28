import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { giveUpEmail, queuedWelcomeEmails } from '../../db/emails.ts';
import { takeTurnToSend } from '../../db/mail-pace.ts';
import { joined, soon } from '../first-try.ts';
import { mailLater } from './mail-failures.ts';
import { createSendEmail, type SendEmailDependencies, type SendEmailResult } from './send-email.ts';

export type MailDependencies = SendEmailDependencies & {
  /** How many emails a second may be sent at once; the others wait for their turn on the email queue, which has a share of its own. */
  atOncePerSecond: number;
};

/** What came of a try at once: how the email ended, a failure for now, or neither: it was not its turn, or is still under way. */
export type AtOnce = { state: string | null; failed: MailFailed | null };
export type MailFailed = { reason: string; retryAfterMs: number | null };

/** The activities of the workflows `mail` and `welcome`; `sendEmail` runs on the email queue, the others where the workflow does. */
export function createMailActivities({ atOncePerSecond, ...dependencies }: MailDependencies) {
  const { orm } = dependencies;
  const send = joined((emailId: string) => emailId, createSendEmail(dependencies));
  return {
    /** One try that comes back soon, if the pace allows it. */
    async sendAtOnce(emailId: string): Promise<AtOnce> {
      try {
        const isTurn = await takeTurnToSend(orm.em.fork(), atOncePerSecond);
        const sent = isTurn ? await soon(send(emailId)) : null;
        return { state: sent?.state ?? null, failed: null };
      } catch (error) {
        if (!(error instanceof ApplicationFailure)) throw error;
        return { state: null, failed: { reason: error.message, retryAfterMs: delayOf(error) } };
      }
    },

    /** As many tries as Temporal gives; one at once that has failed already counts as one of them. */
    async sendEmail(this: void, emailId: string, failed: MailFailed | null): Promise<SendEmailResult> {
      if (failed && activityInfo().attempt === 1) throw mailLater(failed.reason, failed.retryAfterMs ?? undefined);
      return send(emailId);
    },

    /** Ends an email for which no try is left; `reason` is a code. */
    endUnsentEmail: (emailId: string, reason: string): Promise<void> => giveUpEmail(orm.em.fork(), emailId, reason),
    /** The ids of a purchase's welcome emails that wait, in their order. */
    listWelcomeEmails: (purchaseId: string): Promise<string[]> => queuedWelcomeEmails(orm.em.fork(), purchaseId),
  };
}

const delayOf = ({ nextRetryDelay }: ApplicationFailure): number | null =>
  typeof nextRetryDelay === 'number' ? nextRetryDelay : null;

export type MailActivities = ReturnType<typeof createMailActivities>;
