import { expertRoutes } from '../../../credits/experts.ts';
import { BILLING, PEOPLE } from '../../../auth/roles.ts';
import { Table } from '../../parts/list.tsx';
import { cityOf } from '../../words/instant.ts';
import { catalogPage, type CatalogTable } from '../catalog/catalog-page.tsx';
import { weekInWords, type Expert } from './hours-words.ts';

/** Who gives calls and hosts office hours. */
export const expertsPage = catalogPage<Expert>({
  path: '/experts',
  title: 'Experts',
  tab: 'In use',
  add: 'Add an expert',
  adders: BILLING,
  readers: PEOPLE,
  read: ({ api }, query) => api.read(expertRoutes.list, { query }),
  table: ({ rows, isArchive, mayAdd }) => (
    <Table
      caption="Experts, the newest first"
      rows={rows}
      keyOf={({ id }) => id}
      empty={<NoExperts isArchive={isArchive} mayAdd={mayAdd} />}
      columns={[
        {
          label: 'Expert',
          width: 'less',
          at: '1',
          cell: ({ id, name }) => (
            <a className="row" href={`/experts/${id}`}>
              {name}
            </a>
          ),
        },
        { label: 'Working hours', width: 'wide', at: '2', isQuiet: true, cell: weekInWords },
        { label: 'Time zone', width: 'fit', isSpare: true, cell: cityOf },
        {
          label: 'Calendar',
          width: 'fit',
          at: '1r',
          cell: ({ calendar }) => (calendar?.failedAt ? <CalendarFailed /> : ''),
        },
      ]}
    />
  ),
});

const CalendarFailed = () => <span className="badge warn">not read</span>;

function NoExperts({ isArchive, mayAdd }: Pick<CatalogTable<Expert>, 'isArchive' | 'mayAdd'>) {
  if (isArchive) return <p>There are no archived experts.</p>;
  if (!mayAdd) return <p>There are no experts yet.</p>;
  return (
    <p>
      There are no experts yet. <a href="/experts/new">Add an expert</a>, so that calls can be booked with them.
    </p>
  );
}
