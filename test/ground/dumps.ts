import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createEmptyDatabase, type TestDatabase } from './postgres.ts';

/**
 * Each was taken with pg_dump from a stack of that version on which somebody had done all sorts of
 * things; only ever added to.
 */
const DUMPS = 'test/replay/dumps';

export const DUMPED_VERSIONS = readdirSync(DUMPS).map((file) => basename(file, '.sql.gz'));

/** A database as a version left it, not migrated. */
export const aDumpOf = (version: string): Promise<TestDatabase> =>
  createEmptyDatabase(gunzipSync(readFileSync(join(DUMPS, `${version}.sql.gz`))).toString());
