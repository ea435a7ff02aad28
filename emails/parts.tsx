import type { ReactNode } from 'react';
import { Button, Link, Section, Text } from 'react-email';
import type { Brand } from './form.ts';
import { buttonOf, FACTS, LABEL, linkOf, PARAGRAPH, SMALL, TOTAL, UNSEEN, VALUE } from './styles.ts';

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

type FactsProps = { rows: readonly (readonly [label: string, value: string])[]; total: number | null };

/** Label and value, side by side; the colon between them is for plain text alone. */
export function Facts({ rows, total }: FactsProps) {
  return (
    <table role="presentation" width="100%" cellPadding="0" cellSpacing="0" border={0} className="facts" style={FACTS}>
      <tbody>
        {rows.map(([label, value], line) => (
          <tr key={line} className="fact">
            <td
              className={line === total ? 'rule' : 'rule quiet'}
              style={line === total ? { ...LABEL, ...TOTAL } : LABEL}
            >
              {label}
              <span style={UNSEEN}>: </span>
            </td>
            <td className="rule" style={line === total ? { ...VALUE, ...TOTAL } : VALUE}>
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
