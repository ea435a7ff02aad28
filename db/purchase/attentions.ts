import type { Scoped } from '../account-scope.ts';
import { Attention } from '../entities/attention.ts';
import { findPage, type Page, type PageQuery } from '../page.ts';

/** Who has waited longest comes first. */
export const ATTENTION_ORDER = { by: 'since', direction: 'asc' } as const;

export const listAttentions = (em: Scoped, page: PageQuery): Promise<Page<Attention>> =>
  findPage(em, Attention, { where: {}, order: ATTENTION_ORDER }, page);
