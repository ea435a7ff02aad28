import type { ReactNode } from 'react';
import { Tabs } from '../../parts/filters.tsx';
import { Pager } from '../../parts/list.tsx';

type CatalogListProps = {
  path: string;
  title: string;
  /** Of those that are not archived. */
  tab: string;
  /** What the button says that makes another one; null for who may not. */
  add: string | null;
  chosen: Record<string, string>;
  query: Record<string, string>;
  nextCursor: string | null;
  /** The table. */
  children: ReactNode;
};

/** What is sold, or access is given to: those in use or the archived ones, a page at a time. */
export const CatalogList = ({ path, title, tab, add, chosen, query, nextCursor, children }: CatalogListProps) => (
  <>
    <div className="head">
      <h1>{title}</h1>
      {add === null ? null : (
        <a role="button" href={`${path}/new`}>
          {add}
        </a>
      )}
    </div>
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
    {children}
    <Pager path={path} query={query} nextCursor={nextCursor} />
  </>
);
