import { aSentBroadcast } from '../../builders/broadcasts.ts';
import { anEmail } from '../../builders/rows.ts';
import type { MailGround } from './a-mail-ground.ts';

export const BUTTON_URL = 'https://willow.example/kiln';

/** A broadcast's email to Ada, not sent yet. */
export async function aBroadcastEmail({ orm, ids }: MailGround): Promise<string> {
  const em = orm.em.fork();
  const { broadcastId, jobId } = await aSentBroadcast(em, ids.account);
  const of = { accountId: ids.account, recipientId: ids.contact, kind: 'broadcast', jobId } as const;
  return anEmail(em, { ...of, isMarketing: true, data: { broadcastId, buttonUrl: BUTTON_URL } });
}
