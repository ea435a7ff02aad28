import pg from 'pg';
import type { Orm } from './orm.ts';
import { query, sql } from './sql.ts';

/** The role that the processes sign in as, as the address of their database names it. */
export type ProcessRole = { name: string; password: string };

/** The role in an address; null where it names none. */
export function roleOf(databaseUrl: string): ProcessRole | null {
  const { username, password } = new URL(databaseUrl);
  return username ? { name: decodeURIComponent(username), password: decodeURIComponent(password) } : null;
}

/**
 * Lets a role read and write the rows of every table and nothing else: it cannot create, change or
 * drop a table. The role is created if it is missing, and gets the password that is given. Safe to
 * repeat, and needed again after each migration.
 * @throws where the role is missing and whoever migrates may not make roles
 */
export async function allowRows(orm: Orm, { name, password }: ProcessRole): Promise<void> {
  const em = orm.em.fork();
  const [known] = await query<object>(em, sql`select 1 from pg_roles where rolname = ${name}`);
  const [self] = await query<{ may: boolean }>(
    em,
    sql`select rolsuper or rolcreaterole as may from pg_roles where rolname = current_user`,
  );
  if (!known && !self?.may)
    throw new Error(`There is no role ${name} in Postgres, and this one may not make it: create role ${name} login.`);
  const role = pg.escapeIdentifier(name);
  const made = `${known ? 'alter' : 'create'} role ${role} login password ${pg.escapeLiteral(password)};`;
  await em
    .getConnection()
    .executeDump([self?.may ? made : '', ...GRANTS.map((grant) => grant.replace('ROLE', role))].join('\n'));
}

const GRANTS = [
  'grant usage on schema public to ROLE;',
  'grant select, insert, update, delete on all tables in schema public to ROLE;',
  'grant usage, select on all sequences in schema public to ROLE;',
  'grant execute on all functions in schema public to ROLE;',
  'revoke insert, update, delete on mikro_orm_migrations from ROLE;',
];
