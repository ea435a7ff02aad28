import type { z } from 'zod';
import type { contactSchema } from '../../people/contact-schema.ts';
import { MARKETING_WORDS, UNSUBSCRIBED_WORDS } from '../words/contact.ts';
import { Badge } from './notice.tsx';

type Contact = z.output<typeof contactSchema>;
type Person = Pick<Contact, 'email' | 'name'>;

/** Whether somebody has bought or been granted anything, ever [R3.2]. */
export const CustomerMark = ({ isCustomer }: Pick<Contact, 'isCustomer'>) =>
  isCustomer ? <span className="customer">✓ Customer</span> : <span className="quiet">–</span>;

/** The marketing status with its reason [R3.4, R3.7]. */
export function Marketing({ marketingStatus, unsubscribedReason }: Contact) {
  const { label, tone } = MARKETING_WORDS[marketingStatus];
  return (
    <span className="person">
      <Badge tone={tone}>{label}</Badge>
      {unsubscribedReason === null ? null : <small className="quiet">{UNSUBSCRIBED_WORDS[unsubscribedReason]}</small>}
    </span>
  );
}

/** What was bought or granted, as the link of a row that is about it. */
export const PurchaseLink = ({ id, offer }: { id: string; offer: { name: string } }) => (
  <a className="row" href={`/purchases/${id}`}>
    {offer.name}
  </a>
);

/** Whose a row is, as its link; the address where there is room for it. */
export const PersonRow = ({ name, email, href }: Person & { href: string }) => (
  <>
    <a className="row" href={href} title={name === null ? email : `${name}, ${email}`}>
      {name ?? email}
    </a>
    {name === null ? null : <span className="quiet wide-only"> {email}</span>}
  </>
);

/** Somebody by name where there is one; the address always. */
export const PersonLink = ({ id, email, name }: Person & { id: string }) => (
  <span className="person">
    <a href={`/contacts/${id}`}>{name ?? email}</a>
    {name === null ? null : (
      <small className="quiet" title={email}>
        {email}
      </small>
    )}
  </span>
);
