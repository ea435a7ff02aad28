import { pathToFileURL } from 'node:url';
import { readConfigOrExit } from '../config.ts';
import { openOrm } from './orm.ts';

/** Brings the schema of the database at `url` up to date; harmless to repeat. */
export async function migrate(url: string): Promise<void> {
  const orm = await openOrm({ url, poolSize: 1 });
  try {
    await orm.migrator.up();
  } finally {
    await orm.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await migrate(readConfigOrExit('migrate').DATABASE_URL);
