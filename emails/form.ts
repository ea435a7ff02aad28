import type { Site } from './catalogue.ts';
import type { Block, Written } from './write.ts';

/** Colors as styles have them, light and dark. */
export type Brand = {
  brand: string;
  onBrand: string;
  ink: string;
  darkBrand: string;
  onDarkBrand: string;
  darkInk: string;
};

/** An email without its subject, and the same as React Email lays it out. */
export type Email = { site: Site; brand: Brand; written: Written; unsubscribeUrl: string | null };
export type LaidOut = { html: string; text: string };

/** The layout of one shape of email, with places where its words go. */
export type Form = { html: Piece[]; lines: Piece[][] };

/** What stands there as it is, or the place of a word; `padding` fills up what an inbox shows. */
type Piece = string | { word: number; padding: string | null };

/** React Email's preview has so many characters, of which those that no text takes are padding. */
const PREVIEW_LENGTH = 200;

/** Emails of one shape differ in their words only. */
export const shapeOf = ({ site, written: { greeting, zone, blocks }, unsubscribeUrl }: Email): string =>
  [
    site.language ?? 'en',
    unsubscribeUrl ? 'unsubscribe' : '',
    site.logoUrl ? 'logo' : '',
    site.postalAddress ? 'address' : '',
    greeting ? 'greeting' : '',
    zone ? 'zone' : '',
    ...blocks.map((block) => (block.kind === 'facts' ? `${block.rows.length}/${block.total}` : block.kind)),
  ].join();

/** The form of an email's shape, made by laying out an email of that shape with marks for words. */
export async function makeForm(email: Email, layOut: (email: Email) => Promise<LaidOut>): Promise<Form> {
  let words = 0;
  const { html, text } = await layOut(withWords(email, () => `place${words++}place`));
  return { html: cut(html), lines: text.split('\n').map(cut) };
}

/**
 * The email in the form of its shape. Null where React would do more than put in other words: an
 * address that it does not link to, words of which nothing is left.
 */
export function fillIn(form: Form, email: Email): LaidOut | null {
  const words = wordsOf(email);
  const lines = form.lines.map((pieces) => lineOf(pieces, words));
  const isLost = (line: string, place: number) => line === '' && form.lines[place]?.length !== 0;
  if (words.includes('') || !hasPlainAddresses(email) || lines.some(isLost)) return null;
  return { html: form.html.map((piece) => inHtml(piece, words)).join(''), text: lines.join('\n') };
}

/** Plain text has no more than one space between two words. */
function lineOf(pieces: Piece[], words: string[]): string {
  const line = pieces.map((piece) => (typeof piece === 'string' ? piece : words[piece.word])).join('');
  return line.replaceAll(/[ \t\r\n\f\u200B]+/g, ' ').replaceAll(/^ | $/g, '');
}

function inHtml(piece: Piece, words: string[]): string {
  if (typeof piece === 'string') return piece;
  const word = words[piece.word] ?? '';
  return escaped(word) + paddingOf(piece.padding, word);
}

/** The email with each of its words changed, always in the same order. */
function withWords({ site, brand, written, unsubscribeUrl }: Email, change: (word: string) => string): Email {
  return {
    site: {
      ...site,
      name: change(site.name),
      supportEmail: change(site.supportEmail),
      logoUrl: site.logoUrl && change(site.logoUrl),
      postalAddress: site.postalAddress && change(site.postalAddress),
    },
    brand: brandWith(brand, change),
    written: {
      ...written,
      preview: change(written.preview.slice(0, PREVIEW_LENGTH)),
      heading: change(written.heading),
      greeting: written.greeting && change(written.greeting),
      zone: written.zone && change(written.zone),
      blocks: written.blocks.map((block) => blockWithWords(block, change)),
    },
    unsubscribeUrl: unsubscribeUrl && change(unsubscribeUrl),
  };
}

const brandWith = (brand: Brand, change: (word: string) => string): Brand => ({
  brand: change(brand.brand),
  onBrand: change(brand.onBrand),
  ink: change(brand.ink),
  darkBrand: change(brand.darkBrand),
  onDarkBrand: change(brand.onDarkBrand),
  darkInk: change(brand.darkInk),
});

function blockWithWords(block: Block, change: (word: string) => string): Block {
  switch (block.kind) {
    case 'paragraph':
      return { ...block, text: change(block.text) };
    case 'facts':
      return { ...block, rows: block.rows.map(([label, value]) => [change(label), change(value)] as const) };
    case 'action':
    case 'link':
      return { ...block, label: change(block.label), url: change(block.url) };
  }
}

/** As they are sent: half a surrogate pair has no bytes. */
function wordsOf(email: Email): string[] {
  const words: string[] = [];
  withWords(email, (word) => {
    words.push(word.toWellFormed());
    return word;
  });
  return words;
}

/** React links to no script, and plain text names an address once where its words are the same. */
function hasPlainAddresses({ site, written, unsubscribeUrl }: Email): boolean {
  const links = written.blocks.flatMap((block) => ('url' in block ? [block] : []));
  const isPlain = site.logoUrl === null || /^https:\S+$/.test(site.logoUrl);
  const isWorded = links.every(({ label, url }) => /^https?:\S+$/.test(url) && !label.includes(url));
  const isLink = unsubscribeUrl === null || /^https?:\S+$/.test(unsubscribeUrl);
  return isPlain && isWorded && isLink && /^\S+$/.test(site.supportEmail);
}

const paddingOf = (padding: string | null, { length }: string): string =>
  padding === null || length >= PREVIEW_LENGTH ? '' : `<div>${padding.repeat(PREVIEW_LENGTH - length)}</div>`;

const escaped = (word: string): string => word.replaceAll(/[&<>"']/g, (character) => ESCAPES[character]!);

/** As React escapes texts and attributes alike. */
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };

const PLACE = /(place(\d+)place)(?:<div>([\u00A0\u200B-\u200D\uFEFF]+)<\/div>)?/g;

/** A layout, cut where its words go. */
function cut(layout: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: place, 1: mark = '', 2: word, 3: padded, index } of layout.matchAll(PLACE)) {
    const padding = padded ? padded.slice(0, padded.length / (PREVIEW_LENGTH - mark.length)) : null;
    pieces.push(layout.slice(end, index), { word: Number(word), padding });
    end = index + place.length;
  }
  return [...pieces, layout.slice(end)].filter((piece) => piece !== '');
}
