import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientBase } from 'pg';
import { to } from 'pg-copy-streams';
import type { Instant } from '../../workflows/domain/instant.ts';
import { poolOf, type Orm } from '../orm.ts';
import { readContents, type Contents } from './contents.ts';
import { END_OF_ROWS, HEAD } from './format.ts';

/**
 * Copies everything that Postgres holds, as of one instant, into `file`; whoever works meanwhile is
 * not held up. Only its owner may read the file.
 * @throws when there is such a file already
 */
export async function writeBackup(orm: Orm, file: string, madeAt: Instant): Promise<{ file: string; tables: number }> {
  if (existsSync(file)) throw new Error(`${file} is there already: nothing was written`);
  const draft = `${file}.part`;
  const client = await poolOf(orm).connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const contents = await readContents(client, madeAt);
    const written = createWriteStream(draft, { mode: 0o600, flush: true });
    await pipeline(Readable.from(piecesOf(client, contents)), createGzip(), written);
    await rename(draft, file);
    return { file, tables: contents.tables.length };
  } finally {
    await client.query('rollback').finally(() => client.release());
    await rm(draft, { force: true });
  }
}

/** Also what psql could read: each table's rows stand behind the statement that takes them in. */
async function* piecesOf(client: ClientBase, contents: Contents): AsyncGenerator<string | Buffer> {
  yield `${HEAD}${JSON.stringify(contents)}\n`;
  for (const { name, columns } of contents.tables) {
    const list = columns.join(', ');
    yield `copy ${name} (${list}) from stdin;\n`;
    yield* client.query(to(`copy (select ${list} from ${name}) to stdout`)) as AsyncIterable<Buffer>;
    yield END_OF_ROWS;
  }
}
