import type { Scoped } from '../account-scope.ts';
import { Content } from '../entities/content.ts';
import { findPage, NEWEST, whereArchived, type Page, type PageQuery } from '../page.ts';
import { run, sql } from '../sql.ts';

type ContentFilter = { kind: string; archived: boolean | undefined };

/** Registers content; false if somebody else has registered it meanwhile. */
export async function insertContent(em: Scoped, content: Omit<Content, 'archivedAt'>): Promise<boolean> {
  const { id, accountId, kind, key, name, url, createdAt } = content;
  const inserted = await run(
    em,
    sql`insert into content (id, account_id, kind, key, name, url, created_at)
      values (${id}, ${accountId}, ${kind}, ${key}, ${name}, ${url}, ${createdAt})
      on conflict (account_id, kind, key) do nothing`,
  );
  return inserted === 1;
}

export const listContent = (em: Scoped, { kind, archived }: ContentFilter, page: PageQuery): Promise<Page<Content>> =>
  findPage(em, Content, { order: NEWEST, where: { kind, ...whereArchived(archived) } }, page);
