import { setCurrentDetails } from '@temporalio/workflow';
import { deliverEmail } from './deliver-email.ts';
import type { MailArgs } from '../messages.ts';

/**
 * One email to one person, retried while the provider is down [R13.6]. Running it twice, or for an
 * email that was sent, does no harm.
 */
export async function mail({ emailId }: MailArgs): Promise<string> {
  setCurrentDetails(`**Being sent**\n\nEmail \`${emailId}\`; its record in Postgres says to whom, and what failed.`);
  const state = await deliverEmail(emailId);
  setCurrentDetails(`**${state}**\n\nEmail \`${emailId}\``);
  return state;
}
