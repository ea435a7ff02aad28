import { BILLING, PEOPLE } from '../../../auth/roles.ts';
import { officeHoursRoutes } from '../../../credits/office-hours.ts';
import { Table } from '../../parts/list.tsx';
import { When } from '../../parts/when.tsx';
import { catalogPage, type CatalogTable } from '../catalog/catalog-page.tsx';
import { blockInWords, type Block } from './block-fields.tsx';

/** The weekly blocks of office hours. */
export const officeHoursPage = catalogPage<Block>({
  path: '/office-hours',
  title: 'Office hours',
  tab: 'In use',
  add: 'Add office hours',
  adders: BILLING,
  readers: PEOPLE,
  read: ({ api }, query) => api.read(officeHoursRoutes.list, { query }),
  table: ({ rows, site, isArchive, mayAdd }) => (
    <Table
      caption="Blocks of office hours, the newest first"
      rows={rows}
      keyOf={({ id }) => id}
      empty={<NoBlocks isArchive={isArchive} mayAdd={mayAdd} />}
      columns={[
        {
          label: 'Every',
          width: 'wide',
          at: '1',
          cell: (block) => (
            <a className="row" href={`/office-hours/${block.id}`}>
              {blockInWords(block)}
            </a>
          ),
        },
        { label: 'Host', width: 'less', at: '2', isQuiet: true, cell: ({ expertName }) => expertName },
        { label: 'Seats', isFigure: true, at: '1r', cell: ({ seats }) => seats },
        {
          label: 'Next',
          isFigure: true,
          at: '2r',
          cell: ({ dates }) => <When at={dates[0]?.startsAt ?? null} site={site} />,
        },
      ]}
    />
  ),
});

function NoBlocks({ isArchive, mayAdd }: Pick<CatalogTable<Block>, 'isArchive' | 'mayAdd'>) {
  if (isArchive) return <p>There are no archived office hours.</p>;
  if (!mayAdd) return <p>There are no office hours yet.</p>;
  return (
    <p>
      There are no office hours yet. <a href="/office-hours/new">Add office hours</a>: a weekly block with seats.
    </p>
  );
}
