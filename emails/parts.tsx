import type { ReactNode } from 'react';
import { Button, Link, Section, Text } from 'react-email';
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

/** Label and value, a line each. */
export function Facts({ rows }: { rows: readonly (readonly [label: string, value: string])[] }) {
  return (
    <Section style={FACTS}>
      {rows.map(([label, value], line) => (
        <Text key={line} style={FACT}>
          {label}: <strong>{value}</strong>
        </Text>
      ))}
    </Section>
  );
}
