import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { DeliveryReport, type ReportKind } from '../../db/entities/delivery-report.ts';
import { anEmail, T0 } from './rows.ts';

type Whose = { accountId: string; contactId: string; kind?: ReportKind };

/** Has an email to a contact bounce for good, so that their address is suppressed; its id. */
export async function aSuppression(em: EntityManager, whose: Whose): Promise<string> {
  const { accountId, contactId, kind = 'hard_bounced' } = whose;
  const id = uuid();
  const of = { accountId, recipientId: contactId, sentAt: T0 } as const;
  await anEmail(em, { ...of, id, providerId: id, state: 'bounced', reason: 'permanent: no such mailbox' });
  await em.insert(DeliveryReport, {
    emailId: id,
    kind,
    accountId,
    contactId,
    sentAt: T0,
    reportedAt: T0,
    liftId: null,
  });
  return id;
}
