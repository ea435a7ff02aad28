import type { Site } from '../site.ts';

/**
 * What an account has in Postgres, by table: rows, and their bytes as they lie there (compressed,
 * without indexes).
 */
export type Kept = Record<string, { rows: number; bytes: number }>;

export async function keptRows({ sql, accountId }: Pick<Site, 'sql' | 'accountId'>): Promise<Kept> {
  const tables = await sql<{ name: string }>(`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
    where c.table_schema = 'public' and c.column_name = 'account_id' and t.table_type = 'BASE TABLE' order by name`);
  const kept: Kept = {};
  for (const { name } of tables) kept[name] = await countOf(`${name} t where account_id = ?`);
  kept.inbox_bodies = await countOf('inbox_bodies t join inbox i on i.id = t.inbox_id where i.account_id = ?');
  return kept;

  async function countOf(from: string): Promise<{ rows: number; bytes: number }> {
    const [row] = await sql<{ rows: string; bytes: string | null }>(
      `select count(*) as rows, sum(pg_column_size(t.*)) as bytes from ${from}`,
      [accountId],
    );
    return { rows: Number(row?.rows), bytes: Number(row?.bytes) };
  }
}

/** What has been added since, of the tables that have grown. */
export const addedRows = (before: Kept, after: Kept): Kept =>
  Object.fromEntries(
    Object.entries(after).flatMap(([name, { rows, bytes }]) => {
      const since = { rows: rows - (before[name]?.rows ?? 0), bytes: bytes - (before[name]?.bytes ?? 0) };
      return since.rows > 0 ? [[name, since]] : [];
    }),
  );
