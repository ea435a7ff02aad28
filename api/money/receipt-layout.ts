import { create, type Font } from 'fontkit';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { fill } from '../../emails/words/fill.ts';
import type { Content } from './receipt-content.ts';

const require = createRequire(import.meta.url);

/** Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters; signs of currencies. */
const opened = (path: string): Font => create(readFileSync(path)) as Font;

/** Opening a font takes far longer than using it. */
const FONTS = {
  plain: opened(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')),
  bold: opened(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf')),
};

const INK = '#17201b';
const QUIET = '#57615c';
const RULE = '#d5dad7';
const LEFT = 56;
const RIGHT = 539;
const BOTTOM = 760;
const WIDTH = RIGHT - LEFT;
const QUANTITY = { x: 360, width: 60 };
const AMOUNT = { x: 430, width: RIGHT - 430 };

type Pdf = PDFKit.PDFDocument;
type Style = { font?: keyof typeof FONTS; size?: number; color?: string };

/** Sets a document as a PDF; the same content comes to the same bytes. */
export async function layOut(content: Content): Promise<Uint8Array> {
  const pdf = begun(content);
  const chunks: Buffer[] = [];
  const done = new Promise<void>((resolve) => pdf.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', resolve));
  heading(pdf, content);
  parties(pdf, content);
  lines(pdf, content);
  totals(pdf, content);
  pageNumbers(pdf, content);
  pdf.end();
  await done;
  return Buffer.concat(chunks);
}

/** Its date is the document's, and its id follows from what it says of itself. */
function begun({ title, number, author, createdAt, locale }: Content): Pdf {
  const info = { Title: `${title} ${number}`, Author: author, CreationDate: new Date(createdAt) };
  const margins = { top: 56, bottom: 0, left: LEFT, right: 56 };
  const pdf = new PDFDocument({ size: 'A4', margins, info, bufferPages: true, lang: locale, font: '' });
  for (const [name, font] of Object.entries(FONTS)) pdf.registerFont(name, font as never);
  return pdf;
}

function write(
  pdf: Pdf,
  text: string,
  at: { x: number; y: number; width: number; align?: 'right' },
  style: Style = {},
) {
  const { font = 'plain', size = 10, color = INK } = style;
  const { x, y, ...more } = at;
  pdf
    .font(font)
    .fontSize(size)
    .fillColor(color)
    .text(text, x, y, { lineGap: 2, ...more });
}

const rule = (pdf: Pdf, y: number): Pdf =>
  pdf.moveTo(LEFT, y).lineTo(RIGHT, y).lineWidth(0.75).strokeColor(RULE).stroke();

/** A place for something so high: on this page, or at the top of the next. */
function room(pdf: Pdf, height: number): void {
  if (pdf.y + height <= BOTTOM) return;
  pdf.addPage();
  pdf.y = 56;
}

function heading(pdf: Pdf, { title, facts, author }: Content): void {
  write(pdf, author, { x: LEFT, y: 56, width: WIDTH }, { font: 'bold', size: 11 });
  write(pdf, title, { x: LEFT, y: pdf.y + 14, width: WIDTH }, { font: 'bold', size: 24 });
  pdf.y += 10;
  for (const [label, value] of facts) {
    const { y } = pdf;
    write(pdf, label, { x: LEFT, y, width: 150 }, { color: QUIET });
    write(pdf, value, { x: LEFT + 160, y, width: WIDTH - 160 });
  }
}

function parties(pdf: Pdf, content: Content): void {
  const y = pdf.y + 22;
  const ends = content.parties.map(({ label, lines: said }, index) => {
    const x = LEFT + index * (WIDTH / 2 + 8);
    const width = WIDTH / 2 - 8;
    write(pdf, label, { x, y, width }, { color: QUIET });
    said.forEach((line, at) => write(pdf, line, { x, y: pdf.y, width }, { font: at === 0 ? 'bold' : 'plain' }));
    return pdf.y;
  });
  pdf.y = Math.max(...ends) + 26;
}

function lines(pdf: Pdf, { columns, lines: all }: Content): void {
  const { y } = pdf;
  write(pdf, columns.what, { x: LEFT, y, width: 290 }, { color: QUIET, size: 9 });
  write(pdf, columns.quantity, { ...QUANTITY, y, align: 'right' }, { color: QUIET, size: 9 });
  write(pdf, columns.amount, { ...AMOUNT, y, align: 'right' }, { color: QUIET, size: 9 });
  pdf.y += 4;
  for (const line of all) {
    room(pdf, 60);
    rule(pdf, pdf.y);
    const top = pdf.y + 8;
    write(pdf, line.quantity, { ...QUANTITY, y: top, align: 'right' });
    write(pdf, line.amount, { ...AMOUNT, y: top, align: 'right' });
    write(pdf, line.what, { x: LEFT, y: top, width: 290 });
    if (line.note !== null) write(pdf, line.note, { x: LEFT, y: pdf.y, width: 290 }, { color: QUIET, size: 9 });
    pdf.y += 6;
  }
  rule(pdf, pdf.y);
  pdf.y += 8;
}

const TOTALS = {
  plain: {},
  quiet: { color: QUIET, size: 9 },
  total: { font: 'bold', size: 12 },
} as const satisfies Record<string, Style>;

function totals(pdf: Pdf, { totals: all, note }: Content): void {
  for (const { label, amount, kind } of all) {
    room(pdf, 24);
    const { y } = pdf;
    write(pdf, amount, { ...AMOUNT, y, align: 'right' }, TOTALS[kind]);
    write(pdf, label, { x: 220, y, width: 200, align: 'right' }, TOTALS[kind]);
    pdf.y += 3;
  }
  if (note === null) return;
  room(pdf, 40);
  write(pdf, note, { x: LEFT, y: pdf.y + 16, width: WIDTH }, { color: QUIET });
}

function pageNumbers(pdf: Pdf, { page, number }: Content): void {
  const { count } = pdf.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    pdf.switchToPage(index);
    const said = count === 1 ? number : `${number} · ${fill(page, { page: String(index + 1), pages: String(count) })}`;
    write(pdf, said, { x: LEFT, y: 790, width: WIDTH, align: 'right' }, { color: QUIET, size: 8 });
  }
}
