import type { EmailMaterial, MaterialOfPurchase, RecordedEntry } from '../../db/mail/email-material.ts';
import type { Charge, EmailActor } from '../../emails/catalogue.ts';
import { LANGUAGES } from '../../emails/languages/index.ts';
import type { Language } from '../../emails/languages/language.ts';
import { isLive } from '../../workflows/domain/billing.ts';
import { maySelfCancel } from '../../workflows/verbs/by-customer.ts';
import { nextCharge as nextChargeOf } from '../../workflows/domain/charges.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { SYSTEM } from '../../workflows/domain/verb.ts';
import type { Links, PurchaseLinks } from './links.ts';

/** What the writer of an email about a person has. */
export type ContactWriting = { material: EmailMaterial; links: Links };

/**
 * What the writer of an email about a purchase has: everything known, the links, and the timeline
 * entry that caused it.
 */
export type Writing = {
  material: MaterialOfPurchase;
  links: Links & { ofPurchase: PurchaseLinks };
  occasion: RecordedEntry | null;
};

/** In which language it is written. */
export const languageOf = ({ material }: { material: EmailMaterial }): Language =>
  LANGUAGES[material.site.language ?? 'en'];

/** When the cause of the email happened. */
export const happenedAt = ({ material, occasion }: Writing): Instant => occasion?.at ?? material.dueAt;

/** What every email to a customer of a purchase says. */
export const customerBase = ({ material }: Writing) => ({
  site: material.site,
  contactName: material.customer?.name ?? null,
  offerName: material.purchase.offerName,
});

/** The offers of a change, by the names that they have now: the one before, and the other. */
export function changedOffers({ material: { data, purchase } }: Writing): { from: string; to: string } {
  const nameOf = (field: 'fromOfferId' | 'offerId') => purchase.offerNames[String(data[field])] ?? purchase.offerName;
  return { from: nameOf('fromOfferId'), to: nameOf('offerId') };
}

/** The same of a purchase that is theirs, and where they see what is paid or end it [R9]. */
export function ownerBase(writing: Writing) {
  const { purchase, dueAt, maySelfCancel: isOn } = writing.material;
  return {
    ...customerBase(writing),
    manageUrl: isLive(purchase.state.billing) ? writing.links.ofPurchase.billing : null,
    mayCancel: isOn && maySelfCancel(purchase.state, dueAt),
  };
}

/** What every notice to admins says: whose purchase, who did what, when and why. */
export function noticeBase(writing: Writing) {
  const { material, links, occasion } = writing;
  const { kind } = occasion?.actor ?? SYSTEM;
  const actor: EmailActor = { kind, label: occasion?.actorLabel ?? null };
  return {
    site: material.site,
    offerName: material.purchase.offerName,
    customer: { name: material.customer?.name ?? null, email: material.customer?.email ?? languageOf(writing).erased },
    purchaseUrl: links.ofPurchase.page,
    at: happenedAt(writing),
    actor,
    reason: occasion?.reason ?? null,
  };
}

/** The one-time link. An email of a kind that has one is useless without it. */
export function oneTimeLink({ links }: ContactWriting): NonNullable<Links['oneTime']> {
  if (!links.oneTime) throw new Error('an email without its one-time link');
  return links.oneTime;
}

/** What is charged next as things stand; null = nothing. */
export function nextCharge(state: PurchaseState): Charge | null {
  const charge = nextChargeOf(state);
  return charge && { amount: { amountMinor: charge.amountMinor, currency: charge.currency }, at: charge.at };
}
