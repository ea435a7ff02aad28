import type { z } from 'zod';
import { BILLING, MONEY_READERS } from '../../../auth/roles.ts';
import { reconciliationRoutes } from '../../../reconcile/reconciliation.ts';
import type { differenceSchema, reconciliationSchema } from '../../../reconcile/reconciliation-schema.ts';
import { EMPTY_FORM } from '../../form.ts';
import { ID, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import { hasRole, redirect, siteOf } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { FormKey } from '../../parts/fields.tsx';
import { Tabs } from '../../parts/filters.tsx';
import { ABOUT } from '../../parts/inbox.tsx';
import { Badge, Notice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { DIFFERENCE_STATE_WORDS, DIFFERENCE_WORDS, SEVERITY_WORDS } from '../../words/difference.ts';
import { inRealTime, type Here } from '../../words/instant.ts';

export type Listed = z.output<typeof differenceSchema>;
type Standing = z.output<typeof reconciliationSchema>;

export const RECONCILIATION = '/reconciliation';

const STATES = ['open', 'repairing', 'dismissed', 'mended'] as const;

/** In what purchases differ from Stripe, and how far they were compared [R22.2]. */
export const differencesPage = listPage<Listed, Standing>({
  name: 'differences',
  path: RECONCILIATION,
  title: 'Reconciliation',
  caption: 'Differences, the newest first',
  roles: MONEY_READERS,
  filters: ['state'],
  hereOf: (call) => inRealTime(siteOf(call).timeZone),
  read: ({ api }, query) => api.read(reconciliationRoutes.list, { query: { ...query, state: query.state ?? 'open' } }),
  more: ({ call }) => call.api.read(reconciliationRoutes.read, {}),
  columns: () => COLUMNS,
  links: ({ call }) => (hasRole(call, BILLING) ? <CompareNow /> : null),
  above: ({ call, here, chosen, more }) => (
    <>
      <p className="quiet">
        Every live and recently ended purchase is compared with Stripe once a day. What is seen twice some minutes apart
        is listed here. <LastRun standing={more} here={here} />
      </p>
      {call.query.notice === 'repairing' ? (
        <Notice tone="good">It is being mended, and is looked at again within a minute.</Notice>
      ) : null}
      <Tabs label="By state" name="state" path={RECONCILIATION} chosen={{ state: 'open', ...chosen }} tabs={TABS} />
    </>
  ),
  kept: () => ['state'],
  empty: ({ chosen }) => <p>{(chosen.state ?? 'open') === 'open' ? 'Both sides say the same.' : 'There are none.'}</p>,
  async submit({ api }, { key }) {
    await api.ask(reconciliationRoutes.start, { body: {}, key });
    return redirect(RECONCILIATION);
  },
});

const TABS = STATES.map((state) => ({ label: DIFFERENCE_STATE_WORDS[state].label, value: state }));

const CompareNow = () => (
  <form method="post">
    <FormKey form={EMPTY_FORM} />
    <button>Compare now</button>
  </form>
);

function LastRun({ standing: { run }, here }: { standing: Standing; here: Here }) {
  if (!run) return <>The first comparison is still to come.</>;
  const of = run.total === null ? countOf(run.checked, 'purchase') : `${run.checked} of ${run.total} purchases`;
  return run.endedAt === null ? (
    <>The comparison that goes on has looked at {of}.</>
  ) : (
    <>
      The last one ended <When at={run.endedAt} site={here} /> after {countOf(run.checked, 'purchase')}.
    </>
  );
}

const COLUMNS: readonly ListColumn<Listed>[] = [
  {
    name: 'difference',
    label: 'Difference',
    at: '1',
    value: ({ kind }) => DIFFERENCE_WORDS[kind],
    href: ({ id }) => `${RECONCILIATION}/${id}`,
  },
  ABOUT,
  { name: 'words', label: 'In words', width: 'wide', isSpare: true, value: ({ detail }) => detail },
  {
    name: 'severity',
    label: 'Severity',
    at: '1r',
    value: ({ severity }) => SEVERITY_WORDS[severity].label,
    cell: ({ severity }) => <SeverityBadge severity={severity} />,
  },
  {
    name: 'seen',
    label: 'First seen (real time)',
    isFigure: true,
    at: '2r',
    instant: ({ createdAt }) => createdAt,
    cell: ({ createdAt }, here) => <When at={createdAt} site={here} />,
  },
  ID,
];

export const SeverityBadge = ({ severity }: Pick<Listed, 'severity'>) => (
  <Badge tone={SEVERITY_WORDS[severity].tone}>{SEVERITY_WORDS[severity].label}</Badge>
);
