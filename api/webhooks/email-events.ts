import type { EntityManager } from '@mikro-orm/postgresql';
import type { ResendEvent } from '../../activities/gateways/resend-events.ts';
import { takeReport, type Report } from '../../db/mail/delivery-reports.ts';
import { advanceEmail, endEmail, noteDelay, type Advance } from '../../db/mail/emails.ts';
import type { Instant } from '../../workflows/domain/instant.ts';

/** `unmatched`: it is no email of ours. */
export type EventVerdict = 'applied' | 'no_change' | 'unmatched';

/**
 * Applies what Resend reports about an email. It only moves forward: repeated and late reports
 * change nothing [R13.5], and one that unsubscribes or suppresses does so with it [R3.5]. A report
 * proves that the email was taken. It may arrive before the answer to the send, which may never
 * come.
 */
export async function applyResendEvent(em: EntityManager, event: ResendEvent, realNow: Instant): Promise<EventVerdict> {
  if (event.kind === 'delivery_delayed') return (await noteDelay(em, event.providerId)) ? 'applied' : 'no_change';
  const advance = advanceBy(event);
  if (!advance) return 'no_change';
  return em.transactional(async (tx) => {
    const verdict = await advanced(tx, advance, event.emailId, realNow);
    const kind = reportedBy(event);
    if (kind) await takeReport(tx, { providerId: advance.providerId, kind });
    return verdict;
  });
}

async function advanced(
  em: EntityManager,
  advance: Advance,
  emailId: string | null,
  realNow: Instant,
): Promise<EventVerdict> {
  const verdict = await advanceEmail(em, advance);
  if (verdict !== 'unmatched' || emailId === null) return verdict;
  await endEmail(em, emailId, { state: 'sent', providerId: advance.providerId }, { realNow, tries: 1 });
  return advanceEmail(em, advance);
}

/** After a passing bounce the next email may arrive [R3.5]. */
function reportedBy(event: ResendEvent): Report['kind'] | null {
  if (event.kind === 'complained' || event.kind === 'suppressed') return event.kind;
  return event.kind === 'bounced' && event.isPermanent ? 'hard_bounced' : null;
}

function advanceBy(event: ResendEvent): Advance | null {
  switch (event.kind) {
    case 'delivered':
    case 'complained':
      return { providerId: event.providerId, state: event.kind, reason: null };
    case 'bounced': {
      const reason = `${event.isPermanent ? 'permanent' : 'transient'}: ${event.message}`;
      return { providerId: event.providerId, state: 'bounced', reason };
    }
    case 'suppressed':
    case 'failed':
      return { providerId: event.providerId, state: event.kind, reason: event.message };
    case 'sent':
    case 'delivery_delayed':
    case 'ignored':
      return null;
  }
}
