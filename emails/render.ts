import { compile } from 'html-to-text';
import { createElement } from 'react';
import { plainTextSelectors, render } from 'react-email';
import { EMAILS, type EmailKind, type EmailProps, type RenderedEmail } from './catalogue.ts';
import { Email } from './email.tsx';
import { writeEmail } from './write.ts';

/**
 * Writes one email: subject, HTML and plain text, all values escaped.
 * Same props, same bytes: they are what Resend compares under one idempotency key.
 * Throws RangeError on a value that cannot be shown (an unknown zone, a fraction of a minor unit).
 */
export async function renderEmail<K extends EmailKind>(kind: K, props: EmailProps<K>): Promise<RenderedEmail> {
  const written = writeEmail(EMAILS[kind], props);
  const html = await render(createElement(Email, { site: props.site, written }));
  return { subject: oneLine(written.subject), html, text: toPlainText(html) };
}

// As React Email does it, but made once: its own `toPlainText` makes the whole converter anew for
// each email, which takes longer than the email. Headings as they were written: html-to-text would
// put them, and so names in them, in capitals.
const toPlainText = compile({
  wordwrap: false,
  selectors: [...plainTextSelectors, { selector: 'h1', options: { uppercase: false } }],
});

/** A line break in a name must not break the header. */
function oneLine(subject: string): string {
  return subject.replaceAll(/\s+/g, ' ').trim();
}
