import type { CSSProperties } from 'react';
import type { Brand } from './form.ts';

/**
 * One narrow column of text. Colours keep their contrast when a mail client inverts them, so
 * nothing is pure black or white, and the classes in DARK_MODE serve the clients that ask.
 */
const SANS = '-apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';

export const BODY: CSSProperties = { backgroundColor: '#f6f7f6', fontFamily: SANS, margin: 0, padding: '24px 8px' };

export const cardOf = ({ brand }: Brand): CSSProperties => ({
  backgroundColor: '#fefefe',
  borderTop: `4px solid ${brand}`,
  color: '#17201b',
  margin: '0 auto',
  maxWidth: '600px',
  padding: '28px 24px',
});

export const LOGO: CSSProperties = { margin: '0 0 8px' };

export const SITE_NAME: CSSProperties = { fontSize: '16px', fontWeight: 700, lineHeight: '24px', margin: '0 0 20px' };

export const HEADING: CSSProperties = {
  fontSize: '26px',
  fontWeight: 600,
  lineHeight: '32px',
  margin: '0 0 16px',
  overflowWrap: 'anywhere',
};

export const PARAGRAPH: CSSProperties = {
  fontSize: '16px',
  lineHeight: '24px',
  margin: '0 0 16px',
  overflowWrap: 'anywhere',
};

export const SMALL: CSSProperties = { ...PARAGRAPH, fontSize: '13px', lineHeight: '20px', margin: '12px 0 0' };

export const FACTS: CSSProperties = {
  borderBottom: '1px solid #e3e7e4',
  borderCollapse: 'collapse',
  margin: '0 0 24px',
  width: '100%',
};

const FACT: CSSProperties = {
  borderTop: '1px solid #e3e7e4',
  fontSize: '15px',
  lineHeight: '22px',
  overflowWrap: 'anywhere',
  padding: '8px 0',
  verticalAlign: 'top',
};

export const LABEL: CSSProperties = { ...FACT, color: '#57615c', paddingRight: '16px' };

export const VALUE: CSSProperties = { ...FACT, textAlign: 'right' };

/** The ink of the card, light and dark. */
export const TOTAL: CSSProperties = { color: 'inherit', fontWeight: 600 };

export const UNSEEN: CSSProperties = { display: 'none' };

export const buttonOf = ({ brand, onBrand }: Brand): CSSProperties => ({
  backgroundColor: brand,
  borderRadius: '6px',
  color: onBrand,
  display: 'inline-block',
  fontSize: '16px',
  fontWeight: 600,
  padding: '12px 20px',
});

export const linkOf = ({ ink }: Brand): CSSProperties => ({ color: ink, textDecoration: 'underline' });

export const RULE: CSSProperties = { borderTop: '1px solid #e3e7e4', margin: '28px 0 0', paddingTop: '16px' };

export const FOOTER: CSSProperties = {
  color: '#57615c',
  fontSize: '13px',
  lineHeight: '20px',
  margin: '0 0 8px',
  overflowWrap: 'anywhere',
};

export const darkModeOf = ({ darkBrand, onDarkBrand, darkInk }: Brand): string => `
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #0e1110 !important; }
  .card { background-color: #1a1f1c !important; border-color: ${darkBrand} !important; color: #e8ecea !important; }
  .quiet { color: #a1aba6 !important; }
  .rule, .facts { border-color: #2a312d !important; }
  .link { color: ${darkInk} !important; }
  .button { background-color: ${darkBrand} !important; color: ${onDarkBrand} !important; }
}`;
