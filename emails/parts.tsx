import type { ReactNode } from 'react';
import { Button, Link, Section, Text } from 'react-email';
import type { Card } from './catalogue.ts';
import { BUTTON, FACT, FACTS, LINK, PARAGRAPH } from './styles.ts';

/** A paragraph of the body. */
export function Paragraph({ children }: { children: ReactNode }) {
  return <Text style={PARAGRAPH}>{children}</Text>;
}

/** The one thing to do, as a button and, for those who cannot press it, as the address itself. */
export function Action({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Section style={{ margin: '0 0 20px' }}>
      <Button href={href} style={BUTTON} data-skip-in-text="true">
        {children}
      </Button>
      <Text style={{ ...PARAGRAPH, fontSize: '13px', lineHeight: '20px', margin: '12px 0 0' }}>
        {children}:{' '}
        <Link className="link" style={LINK} href={href}>
          {href}
        </Link>
      </Text>
    </Section>
  );
}

/** Label and value, a line each; a value of null or undefined leaves its line out. */
export function Facts({ rows }: { rows: readonly (readonly [label: string, value: string | null | undefined])[] }) {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <Section style={FACTS}>
      {known.map(([label, value], line) => (
        <Text key={line} style={FACT}>
          {label}: <strong>{value}</strong>
        </Text>
      ))}
    </Section>
  );
}

/** `Visa ending in 4242`. */
export function cardName(card: Card | null | undefined): string | null {
  return card ? `${card.brand.charAt(0).toUpperCase()}${card.brand.slice(1)} ending in ${card.last4}` : null;
}
