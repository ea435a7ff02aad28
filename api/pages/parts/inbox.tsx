import type { z } from 'zod';
import type { namedPurchase } from '../../purchase/named-purchase.ts';
import { PersonLink } from './person.tsx';

type Named = z.output<typeof namedPurchase>;

/** Of whom a row speaks: the person, and the purchase by its offer. */
const About = ({ purchase }: { purchase: Named | null }) =>
  purchase === null ? (
    <span className="quiet">unknown</span>
  ) : (
    <span className="person">
      <a href={`/purchases/${purchase.id}`}>{purchase.offer.name}</a>
      <small className="quiet">{purchase.contact.name ?? purchase.contact.email}</small>
    </span>
  );

const aboutInWords = ({ purchase }: { purchase: Named | null }): string =>
  purchase === null ? 'unknown' : `${purchase.offer.name}, ${purchase.contact.name ?? purchase.contact.email}`;

/** The column of a list that says of which purchase a row is. */
export const ABOUT = {
  name: 'purchase',
  label: 'Purchase',
  width: 'wide',
  at: '2',
  value: aboutInWords,
  cell: ({ purchase }: { purchase: Named | null }) => <About purchase={purchase} />,
} as const;

/** Both of whom a row speaks, each with its page. */
export const AboutBoth = ({ purchase }: { purchase: Named | null }) =>
  purchase === null ? (
    <>No known purchase</>
  ) : (
    <span className="person">
      <a href={`/purchases/${purchase.id}`}>{purchase.offer.name}</a>
      <PersonLink {...purchase.contact} />
    </span>
  );

/** `3 more times`; nothing where the first time was enough. */
export const triesInWords = (tries: number): string =>
  tries === 0 ? 'once' : `once, and ${tries} more ${tries === 1 ? 'time' : 'times'}`;
