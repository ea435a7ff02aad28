import type { EmailMaterial } from '../../db/mail/email-material.ts';
import type { EmailKind, EmailProps } from '../../emails/catalogue.ts';
import { wasRefused } from './given-back.ts';
import type { Links } from './links.ts';
import { occasionOf } from './occasion.ts';
import { isPaymentMissing } from './payment.ts';
import { TO_ADMINS } from './to-admins.ts';
import { TO_CUSTOMER } from './to-customer.ts';
import type { Writing } from './writing.ts';

/** How the props of each kind come about; a kind that is missing here does not compile. */
const WRITERS: { [K in EmailKind]: (writing: Writing) => EmailProps<K> } = { ...TO_CUSTOMER, ...TO_ADMINS };

/** An email's kind and props, as `renderEmail` takes them. */
type Composed = { [K in EmailKind]: { kind: K; props: EmailProps<K> } }[EmailKind];

/** `wait`: something that it must say is not known yet. `suppressed`: it is not to be sent, and why. */
export type Composition =
  { kind: 'composed'; email: Composed } | { kind: 'wait' } | { kind: 'suppressed'; reason: string };

/** Tries for which a confirmation waits for the word of its first payment, which comes within seconds of the purchase. */
const MOST_WAITS = 5;

/** Writes what an email says, from everything that is known of its purchase. Pure: the same material comes to the same props. */
export function composeEmail(material: EmailMaterial, links: Links, attempts = 0): Composition {
  const { kind } = material;
  if (material.to === null) return { kind: 'suppressed', reason: 'recipient_gone' };
  const occasion = occasionOf(material);
  if (isRefundNotice(kind) && wasRefused(material, occasion)) return { kind: 'suppressed', reason: 'refund_refused' };
  if (kind === 'purchase-confirmation' && isPaymentMissing(material) && attempts < MOST_WAITS) return { kind: 'wait' };
  const props = WRITERS[kind]({ material, links, occasion });
  return { kind: 'composed', email: { kind, props } as Composed };
}

const isRefundNotice = (kind: EmailKind): boolean => kind === 'refund-receipt' || kind === 'admin-refund';
