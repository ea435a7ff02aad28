import type { EmailKind, EmailProps, Site } from '../../emails/catalogue.ts';
import { exampleProps } from '../../emails/examples.ts';

export const SITE: Site = {
  name: 'Willow & Wheel Pottery',
  supportEmail: 'hello@willow-and-wheel.example',
  timeZone: 'America/Los_Angeles',
  color: '#a8452a',
  logoUrl: null,
  postalAddress: '12 Kiln Lane\nPortland, OR 97201',
};

/** A value for everything that an email of the kind is written from. */
export const aSample = <K extends EmailKind>(kind: K, change: Partial<EmailProps<K>> = {}): EmailProps<K> =>
  exampleProps(kind, SITE, change);
