import type { z } from 'zod';
import { BILLING } from '../../../auth/roles.ts';
import type { promotionCodeSchema } from '../../../catalog/promotion-code-schema.ts';
import { promotionCodeRoutes } from '../../../catalog/promotion-codes.ts';
import { page, siteOf, type Page, type Site } from '../../page.ts';
import { chosenOf, Tabs } from '../../parts/filters.tsx';
import { Pager, Table } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { discountInWords } from '../../words/discount.ts';

export type Code = z.output<typeof promotionCodeSchema>;

const PATH = '/promotion-codes';

/** Codes that lessen a purchase [R4.6]. */
export const promotionCodesPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: BILLING,
  async show(call) {
    const { api, query } = call;
    const chosen = chosenOf(query, ['active']);
    const active = chosen.active === 'false' ? 'false' : 'true';
    const { data, nextCursor } = await api.read(promotionCodeRoutes.list, { query: { active, cursor: query.cursor } });
    const tabs = [
      { label: 'Active', value: undefined },
      { label: 'Over', value: 'false' },
    ];
    return page(
      'Promotion codes',
      <>
        <div className="head">
          <h1>Promotion codes</h1>
          <a className="btn primary" href={`${PATH}/new`}>
            Create a code
          </a>
        </div>
        <Tabs label="Which codes" name="active" path={PATH} chosen={chosen} tabs={tabs} />
        <CodeTable codes={data} site={siteOf(call)} isOver={chosen.active === 'false'} />
        <Pager path={PATH} query={query} nextCursor={nextCursor} />
      </>,
    );
  },
};

const CodeTable = ({ codes, site, isOver }: { codes: readonly Code[]; site: Site; isOver: boolean }) => (
  <Table
    caption="Promotion codes, the newest first"
    rows={codes}
    keyOf={({ id }) => id}
    empty={isOver ? <p>No code is over yet.</p> : <NoCodes />}
    columns={[
      {
        label: 'Code',
        width: 'wide',
        at: '1',
        cell: ({ id, code }) => (
          <a className="row" href={`${PATH}/${id}`}>
            {code}
          </a>
        ),
      },
      { label: 'Takes off', at: '2', cell: (code) => discountInWords(code) },
      { label: 'State', cell: ({ state }) => <CodeBadge state={state} /> },
      { label: 'Uses', at: '1r', isFigure: true, cell: usesInWords },
      { label: 'Until', isFigure: true, cell: ({ endsAt }) => <Day at={endsAt} site={site} none="No end" /> },
    ]}
  />
);

const NoCodes = () => (
  <p>
    No code is active. <a href={`${PATH}/new`}>Create a code</a>: a percentage or an amount off, for a time.
  </p>
);

export const usesInWords = ({ uses, maxUses }: Code): string =>
  maxUses === null ? String(uses) : `${uses} of ${maxUses}`;

export const CodeBadge = ({ state }: Pick<Code, 'state'>) => {
  if (state === 'active') return <Badge tone="good">Active</Badge>;
  return <Badge tone="plain">{state === 'ended' ? 'Ended' : 'Used up'}</Badge>;
};
