import type { z } from 'zod';
import { BILLING } from '../../../auth/roles.ts';
import type { promotionCodeSchema } from '../../../catalog/promotion-code-schema.ts';
import { promotionCodeRoutes } from '../../../catalog/promotion-codes.ts';
import { ID, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import { NOTHING_MORE } from '../../lists/list.ts';
import { Tabs } from '../../parts/filters.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { discountInWords } from '../../words/discount.ts';

export type Code = z.output<typeof promotionCodeSchema>;

const PATH = '/promotion-codes';

/** Codes that lessen a purchase [R4.6]. */
export const promotionCodesPage = listPage<Code, null>({
  name: 'promotion-codes',
  path: PATH,
  title: 'Promotion codes',
  caption: 'Promotion codes, the newest first',
  roles: BILLING,
  filters: ['active'],
  read: ({ api }, query) =>
    api.read(promotionCodeRoutes.list, { query: { ...query, active: query.active === 'false' ? 'false' : 'true' } }),
  more: NOTHING_MORE,
  columns: () => COLUMNS,
  links: () => (
    <a className="btn primary" href={`${PATH}/new`}>
      Create a code
    </a>
  ),
  above: ({ chosen }) => <Tabs label="Which codes" name="active" path={PATH} chosen={chosen} tabs={TABS} />,
  kept: () => ['active'],
  empty: ({ chosen }) => (chosen.active === 'false' ? <p>No code is over yet.</p> : <NoCodes />),
});

const TABS = [
  { label: 'Active', value: undefined },
  { label: 'Over', value: 'false' },
];

export const usesInWords = ({ uses, maxUses }: Code): string =>
  maxUses === null ? String(uses) : `${uses} of ${maxUses}`;

const STATE_WORDS = { active: 'Active', ended: 'Ended', used_up: 'Used up' } as const satisfies Record<
  Code['state'],
  string
>;

const COLUMNS: readonly ListColumn<Code>[] = [
  {
    name: 'code',
    label: 'Code',
    width: 'wide',
    at: '1',
    value: ({ code }) => code,
    href: ({ id }) => `${PATH}/${id}`,
  },
  { name: 'takesOff', label: 'Takes off', at: '2', value: (code) => discountInWords(code) },
  {
    name: 'state',
    label: 'State',
    value: ({ state }) => STATE_WORDS[state],
    cell: ({ state }) => <CodeBadge state={state} />,
  },
  { name: 'uses', label: 'Uses', at: '1r', isFigure: true, value: usesInWords },
  {
    name: 'until',
    label: 'Until',
    isFigure: true,
    instant: ({ endsAt }) => endsAt,
    cell: ({ endsAt }, here) => <Day at={endsAt} site={here} none="No end" />,
  },
  ID,
];

const NoCodes = () => (
  <p>
    No code is active. <a href={`${PATH}/new`}>Create a code</a>: a percentage or an amount off, for a time.
  </p>
);

export const CodeBadge = ({ state }: Pick<Code, 'state'>) => (
  <Badge tone={state === 'active' ? 'good' : 'plain'}>{STATE_WORDS[state]}</Badge>
);
