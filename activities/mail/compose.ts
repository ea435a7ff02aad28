import type { EmailMaterial, MaterialOfPurchase } from '../../db/mail/email-material.ts';
import { EMAILS, type EmailKind, type EmailProps, type KindsWhere } from '../../emails/catalogue.ts';
import { isRefundReceipt } from '../../workflows/domain/apply-refund.ts';
import { calendarOf, CALLS_TOLD, TO_EXPERT } from './calls-told.ts';
import { ABOUT_ACCOUNT } from './about-account.ts';
import { ABOUT_CONTACT } from './about-contact.ts';
import { wasRefused } from './given-back.ts';
import type { Links } from './links.ts';
import { isPaymentMissing } from './payment.ts';
import { TO_ADMINS } from './to-admins.ts';
import { TO_CUSTOMER } from './to-customer.ts';
import type { Writing } from './writing.ts';

type AboutPurchase = KindsWhere<{ about: 'purchase' }>;

/** How the props of each kind are made; a kind that is missing here does not compile. */
const ABOUT_PURCHASE: { [K in AboutPurchase]: (writing: Writing) => EmailProps<K> } = {
  ...TO_CUSTOMER,
  ...TO_ADMINS,
  ...CALLS_TOLD,
  ...TO_EXPERT,
};

const WITHOUT_PURCHASE = { ...ABOUT_CONTACT, ...ABOUT_ACCOUNT };

/** An email's kind and props, as `renderEmail` takes them. */
type Composed = { [K in EmailKind]: { kind: K; props: EmailProps<K> } }[EmailKind];

/**
 * `wait`: something that it must say is not known yet. `suppressed`: it is not to be sent, and why.
 */
export type Composition =
  | { kind: 'composed'; email: Composed; calendar: string | null }
  | { kind: 'wait' }
  | { kind: 'suppressed'; reason: string };

/**
 * For how many attempts a confirmation waits for the event of its first payment, which arrives
 * within seconds of the purchase.
 */
const MOST_WAITS = 5;

/**
 * Writes what an email says, from everything that is known of its subject. Pure: the same material
 * comes to the same props.
 */
export function composeEmail(material: EmailMaterial, links: Links, attempts = 0): Composition {
  if (material.to === null) return { kind: 'suppressed', reason: 'recipient_gone' };
  const { kind } = material;
  if (isAboutPurchase(kind)) return aboutPurchase(kind, material, links, attempts);
  return composed(kind, WITHOUT_PURCHASE[kind]({ material, links }));
}

const isAboutPurchase = (kind: EmailKind): kind is AboutPurchase => EMAILS[kind].about === 'purchase';

const composed = (kind: EmailKind, props: Composed['props'], calendar: string | null = null): Composition => ({
  kind: 'composed',
  email: { kind, props } as Composed,
  calendar,
});

function aboutPurchase(kind: AboutPurchase, material: EmailMaterial, links: Links, attempts: number): Composition {
  const { purchase } = material;
  const { ofPurchase } = links;
  if (!purchase || !ofPurchase) throw new Error(`email ${material.emailId} belongs to no purchase`);
  const known: MaterialOfPurchase = { ...material, purchase };
  const { occasion } = purchase;
  if (isRefundReceipt({ kind }) && wasRefused(known, occasion)) return { kind: 'suppressed', reason: 'refund_refused' };
  if (kind === 'purchase-confirmation' && isPaymentMissing(known) && attempts < MOST_WAITS) return { kind: 'wait' };
  const writing: Writing = { material: known, links: { ...links, ofPurchase }, occasion };
  return composed(kind, ABOUT_PURCHASE[kind](writing), calendarOf(writing));
}
