import {
  ActivityFailure,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { MailActivities } from '../../activities/mail/mail-activities.ts';
import { EMAIL_QUEUE } from '../ids.ts';
import { isOfActivity, WORKER_GONE } from '../activity-proxies.ts';

const { sendEmail } = proxyActivities<Pick<MailActivities, 'sendEmail'>>({
  taskQueue: EMAIL_QUEUE,
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: WORKER_GONE,
  // The provider may be down for days. If the email is not sent by then, a person decides [R13.6].
  scheduleToCloseTimeout: '5 days',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '1 hour' },
  summary: 'Hand the email to the provider',
});

const { endUnsentEmail } = proxyActivities<Pick<MailActivities, 'endUnsentEmail'>>({
  startToCloseTimeout: '10 seconds',
  summary: 'Note that no try is left',
});

const local = proxyLocalActivities<Pick<MailActivities, 'tryEmail'>>({
  scheduleToCloseTimeout: '8s',
  retry: { maximumAttempts: 1 },
});

/** One try within the workflow task; what is not sent by it is delivered as any other email. */
export async function deliverAtOnce(emailId: string, summary: string): Promise<string> {
  const tried = local.tryEmail.executeWithOptions({ summary }, [emailId]);
  return (await tried.catch(unlessCancelled)) ?? deliverEmail(emailId);
}

function unlessCancelled(error: unknown): null {
  if (isCancellation(error) || !isOfActivity(error)) throw error;
  return null;
}

/** Sends one email, retrying until no attempt is left; resolves to its last state. */
export async function deliverEmail(emailId: string): Promise<string> {
  try {
    return (await sendEmail(emailId)).state;
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    await endUnsentEmail(emailId, `no_try_left: ${reasonOf(error)}`);
    return 'given up';
  }
}

const reasonOf = ({ cause }: ActivityFailure): string =>
  cause instanceof ApplicationFailure ? cause.message : (cause?.name ?? 'unknown');
