import { compile } from 'html-to-text';
import { createElement } from 'react';
import { plainTextSelectors, render } from 'react-email';
import { shadesOf } from './brand.ts';
import type { EmailKind, EmailProps, RenderedEmail, Site } from './catalogue.ts';
import { Email } from './email.tsx';
import { fillIn, makeForm, shapeOf, type Form, type LaidOut, type Email as EmailInWords } from './form.ts';
import { inWords, type EmailWords } from './own-words.ts';
import { entryIn } from './translate.ts';
import { writeEmail, type Written } from './write.ts';

/**
 * Writes one email: subject, HTML and plain text, all values escaped. `words`: an account's own;
 * null = ours. `unsubscribeUrl`: of a marketing email.
 * Same props, same bytes: they are what Resend compares under one idempotency key.
 * Throws RangeError on a value that cannot be shown (an unknown zone, a fraction of a minor unit).
 */
export async function renderEmail<K extends EmailKind>(
  kind: K,
  props: EmailProps<K>,
  { words = null, unsubscribeUrl = null }: { words?: EmailWords | null; unsubscribeUrl?: string | null } = {},
): Promise<RenderedEmail> {
  const email = emailOf(
    props.site,
    writeEmail(inWords(entryIn(kind, props.site.language ?? 'en'), words), props),
    unsubscribeUrl,
  );
  const { html, text } = fillIn(await formOf(email), email) ?? (await layOut(email));
  return { subject: oneLine(email.written.subject), html, text };
}

/** An address has one line, as in an imprint. */
export function emailOf(site: Site, written: Written, unsubscribeUrl: string | null = null): EmailInWords {
  const { light, dark } = shadesOf(site.color);
  const darks = { darkBrand: dark.brand, onDarkBrand: dark.onBrand, darkInk: dark.ink };
  const brand = { brand: light.brand, onBrand: light.onBrand, ink: light.ink, ...darks };
  const postalAddress =
    site.postalAddress
      ?.split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .join(', ') ?? null;
  return { site: { ...site, postalAddress }, brand, written, unsubscribeUrl };
}

/** By shape: an email has at most as many facts as somebody has payments. */
const forms = new Map<string, Form>();

/** Kept once it is made: a layout that failed is tried again with the next email. */
async function formOf(email: EmailInWords): Promise<Form> {
  const shape = shapeOf(email);
  const form = forms.get(shape) ?? (await makeForm(email, layOut));
  forms.set(shape, form);
  return form;
}

/** Through React, which takes a hundred times as long as to fill in a form. */
export async function layOut(email: EmailInWords): Promise<LaidOut> {
  const html = await render(createElement(Email, email));
  return { html, text: toPlainText(html) };
}

// As React Email does it, but made once: its own `toPlainText` makes the whole converter anew for
// each email, which takes longer than the email. Headings as they were written: html-to-text would
// put them, and so names in them, in capitals. A fact is a line of its own.
const toPlainText = compile({
  wordwrap: false,
  selectors: [
    ...plainTextSelectors,
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'tr.fact', format: 'paragraph' },
    { selector: 'td.rule', format: 'inline' },
  ],
});

/** A line break in a name must not break the header. */
function oneLine(subject: string): string {
  return subject.replaceAll(/\s+/g, ' ').trim();
}
