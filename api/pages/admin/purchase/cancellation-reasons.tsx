import type { z } from 'zod';
import { MONEY_READERS } from '../../../auth/roles.ts';
import { cancellationReasonRoutes, type reasonsOfMonthSchema } from '../../../purchase/cancellation-reasons.ts';
import { page, type Page } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { chosenOf } from '../../parts/filters.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Table, type Column } from '../../parts/list.tsx';

type OfMonth = z.output<typeof reasonsOfMonthSchema>;

const PATH = '/cancellation-reasons';

/** Why customers leave, by offer and month [R9.3]. */
export const cancellationReasonsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: MONEY_READERS,
  async show({ api, query }) {
    const chosen = chosenOf(query, ['offerId', 'from', 'to']);
    const { data } = await api.read(cancellationReasonRoutes.list, { query: chosen });
    return page(
      'Cancellations',
      <>
        <div className="head">
          <h1>Cancellations</h1>
          <a href="/settings">What customers are asked …</a>
        </div>
        <p className="quiet">
          {query.offerId === undefined ? (
            'By customers and at Stripe, of the last twelve months.'
          ) : (
            <>
              Of one offer. <a href={PATH}>Show all offers</a>
            </>
          )}
        </p>
        <Table
          caption="Cancellations by offer and month, the latest first"
          rows={data}
          keyOf={({ month, offer }) => `${month} ${offer.id}`}
          empty={<p>Nobody has canceled in this time.</p>}
          columns={COLUMNS}
        />
      </>,
    );
  },
};

const COLUMNS: Column<OfMonth>[] = [
  {
    label: 'Offer',
    at: '1',
    width: 'less',
    cell: ({ offer }) => <a href={`${PATH}?offerId=${offer.id}`}>{offer.name}</a>,
  },
  { label: 'Month', at: '2r', width: 'fit', isFigure: true, cell: ({ month }) => monthInWords(month) },
  { label: 'Canceled', at: '1r', isFigure: true, cell: ({ count }) => count },
  { label: 'Taken back', isFigure: true, isSpare: true, cell: ({ undone }) => undone },
  { label: 'At Stripe', isFigure: true, isSpare: true, cell: ({ atStripe }) => atStripe },
  { label: 'Why', at: '2', width: 'wide', cell: ({ reasons }) => reasonsInWords(reasons) },
  { label: 'Offered instead', width: 'less', cell: ({ retention }) => retention.map(offeredInWords).join(' · ') },
  { label: 'Kept since', isFigure: true, cell: ({ retention }) => retention.flatMap(keptInWords).join(', ') },
];

const KINDS: Record<OfMonth['retention'][number]['kind'], string> = { pause: 'a pause', promotion_code: 'a code' };

const offeredInWords = ({ kind, offered, taken }: OfMonth['retention'][number]): string =>
  `${KINDS[kind]} ${countOf(offered, 'time')}, taken ${countOf(taken, 'time')}`;

const keptInWords = ({ kept }: OfMonth['retention'][number]): string[] => kept.map((sum) => moneyInWords(sum));

const MONTH = new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' });

const monthInWords = (month: string): string => MONTH.format(new Date(`${month}-01T00:00:00Z`));

const reasonsInWords = (reasons: OfMonth['reasons']): string =>
  reasons.map(({ reason, count }) => `${reason ?? 'No reason given'}: ${countOf(count, 'time')}`).join(' · ');
