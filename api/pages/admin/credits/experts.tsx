import { expertRoutes } from '../../../credits/experts.ts';
import { BILLING, PEOPLE } from '../../../auth/roles.ts';
import { ID } from '../../lists/column.tsx';
import { cityOf } from '../../words/instant.ts';
import { catalogPage, type EmptyCatalog } from '../catalog/catalog-page.tsx';
import { weekInWords, type Expert } from './hours-words.ts';

/** Who gives calls and hosts office hours. */
export const expertsPage = catalogPage<Expert>({
  name: 'experts',
  path: '/experts',
  title: 'Experts',
  tab: 'In use',
  add: 'Add an expert',
  adders: BILLING,
  readers: PEOPLE,
  read: ({ api }, query) => api.read(expertRoutes.list, { query }),
  columns: [
    {
      name: 'expert',
      label: 'Expert',
      width: 'less',
      at: '1',
      value: ({ name }) => name,
      href: ({ id }) => `/experts/${id}`,
    },
    { name: 'email', label: 'Email', width: 'wide', isExtra: true, value: ({ email }) => email },
    { name: 'hours', label: 'Working hours', width: 'wide', at: '2', isQuiet: true, value: weekInWords },
    { name: 'zone', label: 'Time zone', width: 'fit', isSpare: true, value: cityOf },
    {
      name: 'calendar',
      label: 'Calendar',
      width: 'fit',
      at: '1r',
      value: ({ calendar }) => (calendar?.failedAt ? 'not read' : ''),
      cell: ({ calendar }) => (calendar?.failedAt ? <CalendarFailed /> : ''),
    },
    ID,
  ],
  empty: (shown) => <NoExperts {...shown} />,
});

const CalendarFailed = () => <span className="badge warn">not read</span>;

function NoExperts({ isArchive, mayAdd }: EmptyCatalog) {
  if (isArchive) return <p>There are no archived experts.</p>;
  if (!mayAdd) return <p>There are no experts yet.</p>;
  return (
    <p>
      There are no experts yet. <a href="/experts/new">Add an expert</a>, so that calls can be booked with them.
    </p>
  );
}
