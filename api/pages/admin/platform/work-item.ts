import type { ReactNode } from 'react';
import type { Instant } from '../../../../workflows/domain/instant.ts';
import type { Money } from '../../../../workflows/domain/money.ts';

/** One thing that somebody should see to, with where that is done. */
export type WorkItem = {
  key: string;
  /** `bad`: act. `warn`: look. */
  tone: 'bad' | 'warn';
  title: string;
  href: string;
  detail: ReactNode;
  since: Instant | null;
  amount: Money | null;
  actions: readonly { label: string; href: string }[];
};

/** Things of one kind, and where the rest of them is. */
export type Work = { items: WorkItem[]; more: { label: string; href: string }[] };

export const NOTHING: Work = { items: [], more: [] };

type Person = { name: string | null; email: string };

export const nameOf = ({ name, email }: Person): string => name ?? email;
