import type { ReactNode } from 'react';
import type { ListName } from '../../../../db/entities/list-view.ts';
import type { Instant } from '../../../../workflows/domain/instant.ts';
import type { Role } from '../../../../workflows/domain/verb.ts';
import { EVERYBODY } from '../../../auth/roles.ts';
import type { AsTyped } from '../../form.ts';
import type { ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import { NOTHING_MORE } from '../../lists/list.ts';
import type { Listed } from '../../lists/read-list.ts';
import { hasRole, type Page, type PageCall } from '../../page.ts';
import { Tabs } from '../../parts/filters.tsx';
import { Day } from '../../parts/when.tsx';
import type { Here } from '../../words/instant.ts';

/** A list of what an account sells, or gives access to. */
type Catalog<Row> = {
  name: ListName;
  path: string;
  title: string;
  /** Of those that are not archived. */
  tab: string;
  /** What the button says that makes another one, and who may. */
  add: string;
  adders: readonly Role[];
  /** Everybody, unless it says so. */
  readers?: readonly Role[];
  read: (call: PageCall, query: AsTyped<string | undefined>) => Promise<Listed<Row>>;
  columns: readonly ListColumn<Row>[];
  empty: (shown: EmptyCatalog) => ReactNode;
};

/** Since when it is there. */
export const SINCE = {
  name: 'since',
  label: 'Since',
  isFigure: true,
  at: '1r',
  instant: ({ createdAt }: Made) => createdAt,
  cell: ({ createdAt }: Made, here: Here) => <Day at={createdAt} site={here} />,
} as const;

type Made = { createdAt: Instant };

export type EmptyCatalog = { isArchive: boolean; mayAdd: boolean };

/** Those in use or the archived ones, a page at a time. */
export const catalogPage = <Row,>({ name, path, title, tab, add, adders, ...of }: Catalog<Row>): Page =>
  listPage<Row, null>({
    name,
    path,
    title,
    caption: `${title}, the newest first`,
    roles: of.readers ?? EVERYBODY,
    filters: ['archived'],
    read: (call, query) => of.read(call, { ...query, archived: query.archived ?? 'false' }),
    more: NOTHING_MORE,
    columns: () => of.columns,
    links: ({ call }) =>
      hasRole(call, adders) ? (
        <a className="btn primary" href={`${path}/new`}>
          {add}
        </a>
      ) : null,
    above: ({ chosen }) => (
      <Tabs
        label={`Which ${title.toLowerCase()}`}
        name="archived"
        path={path}
        chosen={chosen}
        tabs={[
          { label: tab, value: undefined },
          { label: 'Archived', value: 'true' },
        ]}
      />
    ),
    kept: () => ['archived'],
    empty: ({ call, chosen }) => of.empty({ isArchive: chosen.archived === 'true', mayAdd: hasRole(call, adders) }),
  });
