import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Contents } from './contents.ts';

/** How a backup begins: with a comment to psql, and its table of contents to us. */
export const HEAD = '-- perennial backup 1 ';

/** A row cannot look like this: Postgres writes a backslash as two. */
export const END_OF_ROWS = '\\.\n';

/**
 * A backup as it is read, piece by piece: its contents first, then the rows of one table after the
 * other.
 */
export class BackupReader {
  private readonly lines: AsyncGenerator<Buffer>;

  constructor(file: string) {
    this.lines = linesOf(createReadStream(file).pipe(createGunzip()));
  }

  /** @throws when the file is no backup */
  async contents(): Promise<Contents> {
    const head = (await this.line()).toString();
    if (!head.startsWith(HEAD)) throw new Error('this is no backup of Perennial');
    return JSON.parse(head.slice(HEAD.length)) as Contents;
  }

  /** The rows of the next table, which has to be `table`. */
  async *rowsOf(table: string): AsyncGenerator<Buffer> {
    const statement = (await this.line()).toString();
    if (!statement.startsWith(`copy ${table} (`)) throw new Error(`the rows of ${table} are missing in this backup`);
    for (let row = await this.line(); row.toString() !== END_OF_ROWS; row = await this.line()) yield row;
  }

  private async line(): Promise<Buffer> {
    const next: IteratorResult<Buffer, unknown> = await this.lines.next();
    if (next.done) throw new Error('this backup ends before its end');
    return next.value;
  }
}

/** With their ends. Not by readline, which takes more than a line feed for the end of a line. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([rest, chunk.subarray(from, end + 1)]);
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
}
