import type { EmailMaterial, RecordedEntry } from '../../db/mail/email-material.ts';
import type { AdminNotice, Charge, CustomerEmail } from '../../emails/catalogue.ts';
import { nextCharge as nextChargeOf } from '../../workflows/domain/charges.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import type { Links } from './links.ts';

/** What the writer of an email has: everything known, the links, and the line of the timeline that it tells of. */
export type Writing = { material: EmailMaterial; links: Links; occasion: RecordedEntry | null };

/** When that of which it tells happened. */
export const happenedAt = ({ material, occasion }: Writing): Instant => occasion?.at ?? material.dueAt;

export const customerBase = ({ material }: Writing): CustomerEmail => ({
  site: material.site,
  contactName: material.customer?.name ?? null,
  offerName: material.offerName,
});

/** What every notice to admins says: whose purchase, who did what, when and why. */
export function noticeBase(writing: Writing): AdminNotice {
  const { material, links, occasion } = writing;
  const { kind } = occasion?.actor ?? SYSTEM;
  return {
    site: material.site,
    offerName: material.offerName,
    customer: { name: material.customer?.name ?? null, email: material.customer?.email ?? 'an erased contact' },
    purchaseUrl: links.purchase,
    at: happenedAt(writing),
    actor: { kind, label: occasion?.actorLabel ?? null },
    reason: occasion?.reason ?? null,
  };
}

/** What is charged next as things stand; null = nothing. */
export function nextCharge(state: PurchaseState): Charge | null {
  const charge = nextChargeOf(state);
  return charge && { amount: { amountMinor: charge.amountMinor, currency: charge.currency }, at: charge.at };
}
