import { describe, expect, test } from '@jest/globals';
import { text } from 'node:stream/consumers';
import type { ListColumn } from '../../../api/pages/lists/column.tsx';
import { csvOf } from '../../../api/pages/lists/csv.ts';

type Row = { name: string | null; paid: { amountMinor: number; currency: string } | null; uses: number };

const COLUMNS: ListColumn<Row>[] = [
  { name: 'name', label: 'Name', value: ({ name }) => name },
  { name: 'paid', label: 'Paid', amount: ({ paid }) => paid },
  { name: 'uses', label: 'Uses', value: ({ uses }) => uses },
  { name: 'step', label: 'What to do', isStep: true, cell: () => 'Refund' },
];

async function* of<Item>(...rows: Item[]): AsyncGenerator<Item> {
  yield* rows;
}
const row = (given: Partial<Row>): Row => ({ name: 'Ada', paid: null, uses: 0, ...given });
const linesOf = async (...rows: Row[]) => (await text(csvOf(COLUMNS, of(...rows)))).split('\r\n').slice(1, -1);

describe('a file of a list', () => {
  test('begins with the mark of UTF-8 and names its columns, also where it has no row', async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of csvOf(COLUMNS, of())) chunks.push(Buffer.from(chunk as string));

    expect(Buffer.concat(chunks).toString()).toBe('\ufeffName,Paid,Paid: currency,Uses\r\n');
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+43 1 234', "'+43 1 234"],
    ['-x', "'-x"],
    ['@here', "'@here"],
    ['\tcmd', "'\tcmd"],
    ['A "quoted", name', '"A ""quoted"", name"'],
    ['two\nlines', '"two\nlines"'],
  ])('makes %j harmless: %j', async (name, written) => {
    expect(await linesOf(row({ name }))).toEqual([`${written},,,0`]);
  });

  test('writes amounts as decimals by their currency, below nothing too, and leaves out what is not there', async () => {
    const paid = (amountMinor: number, currency: string) => row({ paid: { amountMinor, currency }, uses: -1 });

    expect(await linesOf(paid(-2905, 'usd'), paid(500, 'jpy'), paid(1234, 'kwd'), row({ name: null }))).toEqual([
      'Ada,-29.05,USD,-1',
      'Ada,500,JPY,-1',
      'Ada,1.234,KWD,-1',
      ',,,0',
    ]);
  });

  test('holds few of its rows at once, however many there are', async () => {
    let given = 0;
    async function* endless() {
      for (;;) yield row({ uses: (given += 1) });
    }
    const file = csvOf(COLUMNS, endless());

    await file[Symbol.asyncIterator]().next();
    file.destroy();

    expect(given).toBeLessThan(10_000);
  });

  test('is cut short where a row cannot be read, and says so to whoever reads', async () => {
    async function* failing() {
      yield row({});
      throw new Error('the database is away');
    }

    await expect(text(csvOf(COLUMNS, failing()))).rejects.toThrow('the database is away');
  });
});
