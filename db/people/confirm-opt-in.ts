import type { Scoped } from '../account-scope.ts';
import { Consent } from '../entities/consent.ts';
import type { Contact } from '../entities/contact.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { changeMarketing } from './change-marketing.ts';

/**
 * They have pressed the button behind the mailed link: whatever their status was, they have
 * subscribed now, to what the last form showed them [R3.6]. Their row is locked.
 */
export async function confirmOptIn(tx: Scoped, contact: Contact, now: Instant): Promise<void> {
  const asked = await tx.findOne(
    Consent,
    { contactId: contact.id, kind: 'form' },
    { orderBy: { at: 'desc', id: 'desc' } },
  );
  const actor = { kind: 'customer', id: contact.id } as const;
  const of = { wording: asked?.wording ?? null, formId: asked?.formId ?? null };
  await changeMarketing(tx, contact, { change: { kind: 'confirmed' }, source: 'link', actor, now, ...of });
}
