import type { z } from 'zod';
import { BILLING, MONEY_READERS } from '../../../auth/roles.ts';
import { reconciliationRoutes } from '../../../reconcile/reconciliation.ts';
import type { differenceSchema, reconciliationSchema } from '../../../reconcile/reconciliation-schema.ts';
import { EMPTY_FORM } from '../../form.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageCall } from '../../page.ts';
import { countOf } from '../../parts/counts.ts';
import { FormKey } from '../../parts/fields.tsx';
import { chosenOf, Tabs } from '../../parts/filters.tsx';
import { About } from '../../parts/inbox.tsx';
import { type Column, pageOf, Pager, Table } from '../../parts/list.tsx';
import { Badge, Notice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { DIFFERENCE_STATE_WORDS, DIFFERENCE_WORDS, SEVERITY_WORDS } from '../../words/difference.ts';
import { inRealTime, type Here } from '../../words/instant.ts';

export type Listed = z.output<typeof differenceSchema>;
type Standing = z.output<typeof reconciliationSchema>;

export const RECONCILIATION = '/reconciliation';

const STATES = ['open', 'repairing', 'dismissed', 'mended'] as const;

/** In what purchases differ from Stripe, and how far they were compared [R22.2]. */
export const differencesPage: Page = {
  path: RECONCILIATION,
  audience: 'admin',
  roles: MONEY_READERS,
  async show(call) {
    const { api, query } = call;
    const chosen = chosenOf({ state: 'open', ...query }, ['state']);
    const standing = await api.read(reconciliationRoutes.read, {});
    const { data, nextCursor } = await api.read(reconciliationRoutes.list, { query: { ...chosen, ...pageOf(query) } });
    const here = inRealTime(siteOf(call).timeZone);
    return page(
      'Reconciliation',
      <>
        <div className="head">
          <h1>Reconciliation</h1>
          {hasRole(call, BILLING) ? <CompareNow /> : null}
        </div>
        <p className="quiet">
          Every live and recently ended purchase is compared with Stripe once a day. What is seen twice some minutes
          apart is listed here. <LastRun standing={standing} here={here} />
        </p>
        {query.notice === 'repairing' ? (
          <Notice tone="good">It is being mended, and is looked at again within a minute.</Notice>
        ) : null}
        <Tabs label="By state" name="state" path={RECONCILIATION} chosen={chosen} tabs={TABS} />
        <Table
          caption="Differences, the newest first"
          rows={data}
          keyOf={({ id }) => id}
          empty={<p>{chosen.state === 'open' ? 'Both sides say the same.' : 'There are none.'}</p>}
          columns={columnsIn(here)}
        />
        <Pager path={RECONCILIATION} query={query} nextCursor={nextCursor} />
      </>,
    );
  },
  async submit({ api }: PageCall, { key }) {
    await api.ask(reconciliationRoutes.start, { body: {}, key });
    return redirect(RECONCILIATION);
  },
};

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

const columnsIn = (here: Here): Column<Listed>[] => [
  {
    label: 'Difference',
    at: '1',
    cell: ({ id, kind }) => (
      <a className="row" href={`${RECONCILIATION}/${id}`}>
        {DIFFERENCE_WORDS[kind]}
      </a>
    ),
  },
  { label: 'Purchase', width: 'wide', at: '2', cell: ({ purchase }) => <About purchase={purchase} /> },
  { label: 'In words', width: 'wide', isSpare: true, cell: ({ detail }) => detail },
  { label: 'Severity', at: '1r', cell: ({ severity }) => <SeverityBadge severity={severity} /> },
  {
    label: 'First seen (real time)',
    isFigure: true,
    at: '2r',
    cell: ({ createdAt }) => <When at={createdAt} site={here} />,
  },
];

export const SeverityBadge = ({ severity }: Pick<Listed, 'severity'>) => (
  <Badge tone={SEVERITY_WORDS[severity].tone}>{SEVERITY_WORDS[severity].label}</Badge>
);
