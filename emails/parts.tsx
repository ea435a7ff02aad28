import type { ReactNode } from 'react';
import { Button, Link, Section, Text } from 'react-email';
import type { Brand } from './form.ts';
import { buttonOf, FACT, FACTS, LABEL, linkOf, PARAGRAPH, SMALL, VALUE } from './styles.ts';

/** A paragraph of the body. */
export function Paragraph({ children }: { children: ReactNode }) {
  return <Text style={PARAGRAPH}>{children}</Text>;
}

type LinkProps = { href: string; brand: Brand; children: ReactNode };

/** The one thing to do, as a button and, for those who cannot press it, as the address itself. */
export function Action({ href, brand, children }: LinkProps) {
  return (
    <Section style={{ margin: '0 0 20px' }}>
      <Button className="button" href={href} style={buttonOf(brand)} data-skip-in-text="true">
        {children}
      </Button>
      <Text style={SMALL}>
        {children}:{' '}
        <Link className="link" style={linkOf(brand)} href={href}>
          {href}
        </Link>
      </Text>
    </Section>
  );
}

/** What may be done besides: a line below the body. */
export const MoreToDo = ({ href, brand, children }: LinkProps) => (
  <Text style={PARAGRAPH}>
    <Link className="link" style={linkOf(brand)} href={href}>
      {children}
    </Link>
  </Text>
);

/** Label and value, a line each. */
export function Facts({ rows }: { rows: readonly (readonly [label: string, value: string])[] }) {
  return (
    <Section style={FACTS}>
      {rows.map(([label, value], line) => (
        <Text key={line} className="rule" style={FACT}>
          <span className="quiet" style={LABEL}>
            {label}:
          </span>{' '}
          <strong style={VALUE}>{value}</strong>
        </Text>
      ))}
    </Section>
  );
}
