import { readConfigOrExit } from '../config.ts';
import { openOrm } from './orm.ts';
import { allowRows, roleOf } from './process-role.ts';

type Options = {
  /** Signs in as the role that owns the tables; by default the one that the processes use. */
  ownerUrl?: string | undefined;
};

/**
 * Brings the schema of the database at `url` up to date, and lets the role of `url` read and write
 * rows; harmless to repeat.
 */
export async function migrate(url: string, { ownerUrl = url }: Options = {}): Promise<void> {
  const orm = await openOrm({ url: ownerUrl, poolSize: 1 });
  try {
    await orm.migrator.up();
    const role = roleOf(url);
    if (role && role.name !== roleOf(ownerUrl)?.name) await allowRows(orm, role);
  } finally {
    await orm.close();
  }
}

// Without an await at the top level, which would make every module that imports this one wait.
if (import.meta.main) void migrateByEnvironment();

async function migrateByEnvironment(): Promise<void> {
  const { DATABASE_URL, MIGRATE_DATABASE_URL } = readConfigOrExit('migrate');
  await migrate(DATABASE_URL, { ownerUrl: MIGRATE_DATABASE_URL });
}
