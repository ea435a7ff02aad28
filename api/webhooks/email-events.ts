import type { EntityManager } from '@mikro-orm/postgresql';
import { advanceEmail, type Advance } from '../../db/emails.ts';
import type { ResendEvent } from '../../activities/gateways/resend.ts';

/** `unmatched`: no email has this id yet; its own row may be a moment behind, so the provider should report again. */
export type EventVerdict = 'applied' | 'no_change' | 'unmatched';

/** Takes in what Resend reports of an email. Only ever forwards: repeats and late reports change nothing [R13.5]. */
export async function applyResendEvent(em: EntityManager, event: ResendEvent): Promise<EventVerdict> {
  const advance = advanceBy(event);
  return advance ? advanceEmail(em, advance) : 'no_change';
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
