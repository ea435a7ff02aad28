import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { MailActivities } from '../../activities/mail/mail-activities.ts';
import { deliverEmail } from './deliver-email.ts';
import type { WelcomeArgs } from '../messages.ts';

const { listWelcomeEmails } = proxyActivities<Pick<MailActivities, 'listWelcomeEmails'>>({
  startToCloseTimeout: '10 seconds',
  summary: "List the purchase's welcome emails",
});

type Sent = { emailId: string; state: string };

/**
 * The emails with which a purchase begins, one after the other [R13.1, R13.2], so that the welcome
 * never arrives before the confirmation. It ends when none is left; a second run finds nothing to
 * do.
 */
export async function welcome({ purchaseId }: WelcomeArgs): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (;;) {
    const waiting = (await listWelcomeEmails(purchaseId)).filter(
      (emailId) => !sent.some((one) => one.emailId === emailId),
    );
    if (waiting.length === 0) return sent;
    for (const emailId of waiting) {
      setCurrentDetails(detailsOf([...sent, { emailId, state: 'being sent' }]));
      sent.push({ emailId, state: await deliverEmail(emailId) });
    }
    setCurrentDetails(detailsOf(sent));
  }
}

const detailsOf = (emails: Sent[]): string =>
  emails.map(({ emailId, state }) => `- \`${emailId}\` ${state}`).join('\n');
