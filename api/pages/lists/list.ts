import type { ReactNode } from 'react';
import type { ListName } from '../../../db/entities/list-view.ts';
import type { Role } from '../../../workflows/domain/verb.ts';
import type { ProblemBody } from '../../http/problem.ts';
import { EMPTY_FORM, type AsTyped, type Form, type FormState } from '../form.ts';
import type { PageAnswer, PageCall } from '../page.ts';
import type { Sort } from '../parts/list.tsx';
import type { Here } from '../words/instant.ts';
import type { ListColumn } from './column.tsx';
import type { Listed } from './read-list.ts';

type Query = AsTyped<string>;

/** What a list is shown of and with. */
export type Shown<Row, More> = {
  call: PageCall;
  here: Here;
  /** What its address says, to be kept in links; `filter`: by what it is filtered alone. */
  chosen: Query;
  filter: Query;
  rows: readonly Row[];
  more: More;
  /** The list's own form, where the API has refused it. */
  tried: Tried;
};

/** A form as it was sent, and what was wrong with it. */
export type Tried = { form: FormState; problem: ProblemBody | null; status: number };
export const UNTRIED: Tried = { form: EMPTY_FORM, problem: null, status: 200 };

type Asking = { call: PageCall; filter: Query };

/** A list of the admins' pages: what it may be asked, its columns, and what stands around it. */
export type List<Row, More> = {
  name: ListName;
  path: string;
  title: string;
  /** What is read out before the table. */
  caption: string | ((shown: Shown<Row, More>) => string);
  roles: readonly Role[];
  /** What an address may filter by. */
  filters: readonly string[];
  /** The first is that of an address without any. */
  sorts?: readonly Sort[];
  /** `page`: how many from where; `sort` is among what is asked. */
  read: (call: PageCall, asked: Query & Record<string, string | undefined>) => Promise<Listed<Row>>;
  /** What the page shows besides: counts, and names to choose among. */
  more: (asking: Asking) => Promise<More>;
  /** All columns, the one that leads to a row first. */
  columns: (shown: Omit<Shown<Row, More>, 'rows' | 'tried'>) => readonly ListColumn<Row>[];
  keyOf?: (row: Row) => string;
  /** What stands beside the title. */
  links?: (shown: Shown<Row, More>) => ReactNode;
  /** What stands above the title, as the way back. */
  crumbs?: ReactNode;
  /** What stands between the title and the filters: a word, tabs. */
  above?: (shown: Shown<Row, More>) => ReactNode;
  /** The filters' fields; `kept`: those of `filters` that have none. */
  fields?: (shown: Shown<Row, More>) => ReactNode;
  kept?: (shown: Shown<Row, More>) => readonly string[];
  /** How many there are, in words. */
  count?: (shown: Shown<Row, More>) => string | undefined;
  /** Between the filters and the table. */
  below?: (shown: Shown<Row, More>) => ReactNode;
  after?: (shown: Shown<Row, More>) => ReactNode;
  empty: (shown: Shown<Row, More>) => ReactNode;
  /** Whose clock its instants are read by; left out: the account's. */
  hereOf?: (call: PageCall) => Here;
  /** What of a row makes an open page show itself anew when it changes; left out: nothing does. */
  watched?: (row: Row) => unknown;
  /** What its own form does; `Tried`: it is shown again. */
  submit?: (call: PageCall, form: Form) => Promise<PageAnswer | Tried>;
};

/** Nothing besides. */
export const NOTHING_MORE = async (): Promise<null> => null;
