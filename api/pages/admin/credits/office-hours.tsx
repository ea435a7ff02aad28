import { BILLING, PEOPLE } from '../../../auth/roles.ts';
import { officeHoursRoutes } from '../../../credits/office-hours.ts';
import { ID } from '../../lists/column.tsx';
import { When } from '../../parts/when.tsx';
import { catalogPage, type EmptyCatalog } from '../catalog/catalog-page.tsx';
import { blockInWords, type Block } from './block-fields.tsx';

/** The weekly blocks of office hours. */
export const officeHoursPage = catalogPage<Block>({
  name: 'office-hours',
  path: '/office-hours',
  title: 'Office hours',
  tab: 'In use',
  add: 'Add office hours',
  adders: BILLING,
  readers: PEOPLE,
  read: ({ api }, query) => api.read(officeHoursRoutes.list, { query }),
  columns: [
    {
      name: 'every',
      label: 'Every',
      width: 'wide',
      at: '1',
      value: blockInWords,
      href: (block) => `/office-hours/${block.id}`,
    },
    { name: 'host', label: 'Host', width: 'less', at: '2', isQuiet: true, value: ({ expertName }) => expertName },
    { name: 'seats', label: 'Seats', isFigure: true, at: '1r', value: ({ seats }) => seats },
    {
      name: 'next',
      label: 'Next',
      isFigure: true,
      at: '2r',
      instant: nextOf,
      cell: (block, here) => <When at={nextOf(block)} site={here} />,
    },
    ID,
  ],
  empty: (shown) => <NoBlocks {...shown} />,
});

function nextOf({ dates }: Block) {
  return dates[0]?.startsAt ?? null;
}

function NoBlocks({ isArchive, mayAdd }: EmptyCatalog) {
  if (isArchive) return <p>There are no archived office hours.</p>;
  if (!mayAdd) return <p>There are no office hours yet.</p>;
  return (
    <p>
      There are no office hours yet. <a href="/office-hours/new">Add office hours</a>: a weekly block with seats.
    </p>
  );
}
