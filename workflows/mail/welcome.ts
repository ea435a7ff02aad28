import { patched, proxyActivities, proxyLocalActivities, setCurrentDetails } from '@temporalio/workflow';
import type { MailActivities } from '../../activities/mail/mail-activities.ts';
import type { WelcomeEmail } from '../../db/mail/emails.ts';
import { localFirst } from '../activity-proxies.ts';
import { deliverAtOnce, deliverEmail } from './deliver-email.ts';
import type { WelcomeArgs } from '../messages.ts';

type Lists = Pick<MailActivities, 'listWelcomeEmails'>;

const summary = "List the purchase's welcome emails";
const local = proxyLocalActivities<Lists>({ scheduleToCloseTimeout: '8s', localRetryThreshold: '8s', summary });
const normal = proxyActivities<Lists>({ startToCloseTimeout: '10 seconds', summary });

/** A history of 0.1 has the ids only. */
const liftWelcomeEmail = (listed: WelcomeEmail | string): WelcomeEmail =>
  typeof listed === 'string' ? { emailId: listed, kind: 'email' } : listed;

type Sent = { emailId: string; state: string };

/**
 * The emails with which a purchase begins, one after the other [R13.1, R13.2], so that the welcome
 * never arrives before the confirmation. All of it is one workflow task, unless a first try fails.
 * It ends when none is left; a second run finds nothing to do.
 */
export async function welcome({ purchaseId }: WelcomeArgs): Promise<Sent[]> {
  const isAtOnce = patched('welcome-at-once');
  const list = () => normal.listWelcomeEmails(purchaseId);
  const sent: Sent[] = [];
  for (;;) {
    const listed = await (isAtOnce ? localFirst(() => local.listWelcomeEmails(purchaseId), list) : list());
    const waiting = listed.map(liftWelcomeEmail).filter(({ emailId }) => !sent.some((one) => one.emailId === emailId));
    if (waiting.length === 0) return sent;
    for (const { emailId, kind } of waiting) {
      setCurrentDetails(detailsOf([...sent, { emailId, state: 'being sent' }]));
      const state = await (isAtOnce ? deliverAtOnce(emailId, `Send the ${kind}`) : deliverEmail(emailId));
      sent.push({ emailId, state });
    }
    setCurrentDetails(detailsOf(sent));
  }
}

const detailsOf = (emails: Sent[]): string =>
  emails.map(({ emailId, state }) => `- \`${emailId}\` ${state}`).join('\n');
