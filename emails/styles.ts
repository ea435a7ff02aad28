import type { CSSProperties } from 'react';

/**
 * One narrow column of text. Colours keep their contrast when a mail client inverts them, so
 * nothing is pure black or white, and the classes in DARK_MODE serve the clients that ask.
 */
const SANS = '-apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';

export const BODY: CSSProperties = { backgroundColor: '#f4f4f1', fontFamily: SANS, margin: 0, padding: '16px 8px' };

export const CARD: CSSProperties = {
  backgroundColor: '#fdfdfc',
  border: '1px solid #deded8',
  borderRadius: '8px',
  color: '#24272b',
  margin: '0 auto',
  maxWidth: '560px',
  padding: '24px 20px',
};

export const SITE_NAME: CSSProperties = { fontSize: '15px', fontWeight: 600, lineHeight: '22px', margin: '0 0 20px' };

export const HEADING: CSSProperties = { fontSize: '24px', fontWeight: 600, lineHeight: '32px', margin: '0 0 16px' };

export const PARAGRAPH: CSSProperties = {
  fontSize: '16px',
  lineHeight: '25px',
  margin: '0 0 16px',
  overflowWrap: 'anywhere',
};

export const FACTS: CSSProperties = { borderLeft: '3px solid #4a7c59', margin: '0 0 20px', paddingLeft: '14px' };

export const FACT: CSSProperties = { ...PARAGRAPH, margin: '0 0 6px' };

export const BUTTON: CSSProperties = {
  backgroundColor: '#2f5f3f',
  borderRadius: '6px',
  color: '#fdfdfc',
  display: 'inline-block',
  fontSize: '16px',
  fontWeight: 600,
  padding: '12px 20px',
};

export const LINK: CSSProperties = { color: '#2f5f3f', textDecoration: 'underline' };

export const HR: CSSProperties = { borderColor: '#deded8', margin: '24px 0 16px' };

export const FOOTER: CSSProperties = {
  color: '#5d6268',
  fontSize: '13px',
  lineHeight: '20px',
  margin: '0 0 8px',
  overflowWrap: 'anywhere',
};

export const DARK_MODE = `
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #16181a !important; }
  .card { background-color: #202326 !important; border-color: #3a3f44 !important; color: #e6e6e2 !important; }
  .quiet { color: #a9aeb4 !important; }
  .rule { border-color: #3a3f44 !important; }
  .link { color: #8fc7a2 !important; }
}`;
