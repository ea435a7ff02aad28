import { setCurrentDetails } from '@temporalio/workflow';
import { deliverEmail } from './deliver-email.ts';
import type { MailArgs } from '../messages.ts';

/**
 * One email to one person, however long the provider is away [R13.6]. Started twice, or for one
 * that was sent, it does no harm.
 */
export async function mail({ emailId }: MailArgs): Promise<string> {
  setCurrentDetails(`**Being sent**\n\nEmail \`${emailId}\`; its record in Postgres says to whom, and what failed.`);
  const state = await deliverEmail(emailId);
  setCurrentDetails(`**${state}**\n\nEmail \`${emailId}\``);
  return state;
}
