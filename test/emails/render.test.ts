import { describe, expect, test } from '@jest/globals';
import { EMAIL_KINDS, EMAILS } from '../../emails/catalogue.ts';
import type { EmailEntry } from '../../emails/entries/entry.ts';
import { formatDay, formatInstant, formatMoney } from '../../emails/format.ts';
import { renderEmail } from '../../emails/render.ts';
import { aSample } from './a-sample.ts';

/** Every value in the props, with the name under which it stands. */
function leaves(value: unknown, name = ''): { name: string; value: unknown }[] {
  if (value === null || typeof value !== 'object') return [{ name, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, key));
}

function amountsIn(props: object): { amountMinor: number; currency: string }[] {
  const inner = Object.values(props).filter((value) => value !== null && typeof value === 'object') as object[];
  const own = 'amountMinor' in props ? [props as { amountMinor: number; currency: string }] : [];
  return [...own, ...inner.flatMap(amountsIn)];
}

describe.each(EMAIL_KINDS)('%s', (kind) => {
  test('renders from its facts to subject, HTML and text, the same each time', async () => {
    const first = await renderEmail(kind, aSample(kind));
    const second = await renderEmail(kind, aSample(kind));

    expect(first.subject).toMatch(/^\S.{8,}\S$/);
    expect(first.html).toMatch(/^<!DOCTYPE html/);
    expect(first.html).toContain('Willow &amp; Wheel Pottery');
    expect(first.text).toContain('Willow & Wheel Pottery');
    expect(second).toEqual(first);
  });

  test('has every link in HTML and in text', async () => {
    const { html, text } = await renderEmail(kind, aSample(kind));
    const links = leaves(aSample(kind)).filter(({ name, value }) => name.endsWith('Url') && value);

    for (const { value } of links) {
      expect(text).toContain(value);
      expect(html.replaceAll('&amp;', '&')).toContain(value);
    }
    expect(text).toContain(aSample(kind).site.supportEmail);
  });

  test('has every amount and every instant in HTML and in text', async () => {
    const props = aSample(kind);
    const { html, text } = await renderEmail(kind, props);
    const { variables }: EmailEntry = EMAILS[kind];
    const write = (name: string) =>
      JSON.stringify(variables[name] ?? '').includes('instant') ? formatInstant : formatDay;
    const instants = Object.entries(props).flatMap(([top, inner]) =>
      leaves(inner)
        .filter(({ name, value }) => name !== 'from' && typeof value === 'string' && /^\d{4}-.*Z$/.test(value))
        .map(({ value }) => write(top)(String(value), props.site)),
    );

    for (const figure of [...amountsIn(props).map((money) => formatMoney(money)), ...instants]) {
      expect(text).toContain(figure);
      expect(html).toContain(figure);
    }
  });

  test('names the offer and the customer', async () => {
    const props = aSample(kind);
    const { text } = await renderEmail(kind, props);

    if ('offerName' in props) expect(text).toContain('Studio Membership');
    if ('customer' in props) expect(text).toContain('Ada Lovelace (ada@example.com)');
    if ('contactName' in props) expect(text).toContain('Hello Ada Lovelace,');
  });

  test('fetches nothing: no image, no style sheet, no script', async () => {
    const { html } = await renderEmail(kind, aSample(kind));

    expect(html).not.toMatch(/<img|<script|<link[^>]+stylesheet|@import|url\(/i);
  });

  test('says nothing undefined', async () => {
    const { subject, html, text } = await renderEmail(kind, aSample(kind));

    expect(`${subject}${html}${text}`).not.toMatch(/undefined|\bnull\b|NaN|Invalid Date|\[object/);
  });
});
