import type { z } from 'zod';
import { MONEY_READERS } from '../../../auth/roles.ts';
import { emailFigureRoutes, type emailFiguresSchema } from '../../../mail/email-figures.ts';
import { page, type Page } from '../../page.ts';
import { Tabs } from '../../parts/filters.tsx';
import { Table } from '../../parts/list.tsx';
import { emailInWords } from '../../words/email.ts';

type Figures = z.output<typeof emailFiguresSchema>['data'][number];

const PATH = '/emails/figures';
const SPANS = ['7', '30', '90'];

/** How many emails of each kind arrived, and how many did not [R13.5]. */
export const emailFiguresPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: MONEY_READERS,
  async show({ api, query }) {
    const days = SPANS.find((span) => span === query.days) ?? '30';
    const { data } = await api.read(emailFigureRoutes.read, { query: { days } });
    const tabs = SPANS.map((span) => ({ label: `${span} days`, value: span }));
    return page(
      'Delivery of emails',
      <>
        <p className="crumbs">
          <a href="/emails">Emails</a>
        </p>
        <div className="head">
          <h1>Delivery of emails</h1>
        </div>
        <Tabs label="Of the last" name="days" path={PATH} chosen={{ days }} tabs={tabs} />
        <Table
          caption="Emails by kind, the most frequent first"
          rows={data}
          keyOf={({ kind }) => kind}
          empty={<p>No email was due in this time.</p>}
          columns={[
            {
              label: 'Email',
              at: '1',
              width: 'wide',
              cell: ({ kind }) => <a href={`/emails?kind=${kind}`}>{emailInWords(kind)}</a>,
            },
            { label: 'All', at: '1r', isFigure: true, cell: (one) => allOf(one).toLocaleString('en-US') },
            { label: 'Sent', isFigure: true, cell: ({ sent }) => sent.toLocaleString('en-US') },
            { label: 'Delivered', at: '2r', isFigure: true, cell: (one) => shareOf(one, one.delivered) },
            { label: 'Bounced', isFigure: true, cell: (one) => shareOf(one, one.bounced) },
            { label: 'Marked as spam', isFigure: true, isSpare: true, cell: (one) => shareOf(one, one.complained) },
            { label: 'Not sent', isFigure: true, isSpare: true, cell: ({ suppressed }) => suppressed },
            { label: 'Failed', isFigure: true, isSpare: true, cell: ({ failed, unknown }) => failed + unknown },
          ]}
        />
        <p className="quiet">An email is “Sent” until the provider reports what became of it.</p>
      </>,
    );
  },
};

const allOf = ({ kind: _kind, ...states }: Figures): number => Object.values(states).reduce((sum, one) => sum + one, 0);

const PERCENT = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

/** Of those that the provider has taken. */
function shareOf({ sent, delivered, bounced, complained }: Figures, part: number): string {
  const taken = sent + delivered + bounced + complained;
  return part === 0 || taken === 0 ? '–' : `${part.toLocaleString('en-US')} (${PERCENT.format(part / taken)})`;
}
