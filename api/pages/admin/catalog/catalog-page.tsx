import type { ReactNode } from 'react';
import type { Role } from '../../../../workflows/domain/verb.ts';
import { EVERYBODY } from '../../../auth/roles.ts';
import { hasRole, page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { chosenOf, Tabs } from '../../parts/filters.tsx';
import { pageOf, Pager } from '../../parts/list.tsx';

/** A list of what an account sells, or gives access to. */
type Catalog<Row> = {
  path: string;
  title: string;
  /** Of those that are not archived. */
  tab: string;
  /** What the button says that makes another one, and who may. */
  add: string;
  adders: readonly Role[];
  /** Everybody, unless it says so. */
  readers?: readonly Role[];
  read: (call: PageCall, query: Record<string, string | undefined>) => Promise<Listed<Row>>;
  /** With what it says where there is nothing. */
  table: (shown: CatalogTable<Row>) => ReactNode;
};

type Listed<Row> = { data: Row[]; nextCursor: string | null };
export type CatalogTable<Row> = { rows: Row[]; site: Site; isArchive: boolean; mayAdd: boolean };

/** Those in use or the archived ones, a page at a time. */
export const catalogPage = <Row,>({ path, title, tab, add, adders, readers, read, table }: Catalog<Row>): Page => ({
  path,
  audience: 'admin',
  roles: readers ?? EVERYBODY,
  async show(call) {
    const { query } = call;
    const chosen = chosenOf(query, ['archived']);
    const archived = chosen.archived ?? 'false';
    const { data, nextCursor } = await read(call, { ...chosen, archived, ...pageOf(query) });
    const mayAdd = hasRole(call, adders);
    const shown = { rows: data, site: siteOf(call), isArchive: chosen.archived === 'true', mayAdd };
    return page(
      title,
      <>
        <div className="head">
          <h1>{title}</h1>
          {mayAdd ? (
            <a className="btn primary" href={`${path}/new`}>
              {add}
            </a>
          ) : null}
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
        {table(shown)}
        <Pager path={path} query={query} nextCursor={nextCursor} />
      </>,
    );
  },
});
