import { Views } from '../../parts/filters.tsx';
import { addressWith } from '../../parts/list.tsx';

export const PATH = '/calls';
export const LIST = '/calls/list';

type ViewsProps = { current: 'week' | 'day' | 'list'; query: Record<string, string> };

/** The same calls by week, by day and as a list; whose they are stays chosen. */
export function CallViews({ current, query: { date, expert } }: ViewsProps) {
  const kept = { ...(date !== undefined && { date }), ...(expert !== undefined && { expert }) };
  const views = [
    { name: 'week', label: 'Week', href: addressWith(PATH, kept, {}) },
    { name: 'day', label: 'Day', href: addressWith(PATH, kept, { view: 'day' }) },
    { name: 'list', label: 'List', href: addressWith(LIST, { expertId: expert ?? '' }, {}) },
  ];
  return (
    <Views
      label="How calls are shown"
      views={views.map(({ name, label, href }) => ({ label, href, isCurrent: name === current, count: undefined }))}
    />
  );
}
