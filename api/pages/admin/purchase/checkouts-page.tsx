import { END_REASONS } from '../../../../db/entities/checkout.ts';
import { MONEY_READERS } from '../../../auth/roles.ts';
import type { CheckoutRecord } from '../../../purchase/checkout-schema.ts';
import { keptCheckoutRoutes } from '../../../purchase/kept-checkouts.ts';
import { digest } from '../../digest.ts';
import { page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { chosenOf, Tabs } from '../../parts/filters.tsx';
import { pageOf, Pager, Table } from '../../parts/list.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { END_WORDS } from '../../words/checkout.ts';
import { purchasePath } from './read-purchase.ts';

const PATH = '/checkouts';
const FILTERS = ['state', 'reason', 'contactId', 'offerId'] as const;

const TABS = [
  { label: 'All', value: undefined },
  { label: 'Open', value: 'open' },
  { label: 'Paid', value: 'completed' },
  { label: 'Not paid', value: 'ended' },
];

const REASONS = [
  { label: 'Every reason', value: undefined },
  ...END_REASONS.map((reason) => ({ label: END_WORDS[reason].label, value: reason })),
];

/** Who began to buy, what became of it, and why it came to nothing. */
export const checkoutsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: MONEY_READERS,
  async show(call) {
    const given = chosenOf(call.query, FILTERS);
    const chosen: Record<string, string> = given.reason === undefined ? given : { ...given, state: 'ended' };
    const { data, nextCursor } = await readList(call);
    return page(
      'Checkouts',
      <>
        <div className="head">
          <h1>Checkouts</h1>
        </div>
        <p className="quiet">
          Who went to Stripe’s page to pay. A page can be paid for 24 hours; then it has ended, and stays here with the
          reason.
        </p>
        <Tabs label="By state" name="state" path={PATH} chosen={without(chosen, 'reason')} tabs={TABS} />
        {chosen.state === 'ended' ? (
          <Tabs label="By reason" name="reason" path={PATH} chosen={chosen} tabs={REASONS} />
        ) : null}
        <CheckoutTable checkouts={data} site={siteOf(call)} isAll={Object.keys(chosen).length === 0} />
        <Pager path={PATH} query={call.query} nextCursor={nextCursor} />
      </>,
    );
  },
  state: async (call) =>
    digest((await readList(call)).data.map(({ id, state, reason, recoveredBy }) => [id, state, reason, recoveredBy])),
};

const without = (chosen: Record<string, string>, left: string): Record<string, string> =>
  Object.fromEntries(Object.entries(chosen).filter(([name]) => name !== left));

const readList = ({ api, query }: PageCall) =>
  api.read(keptCheckoutRoutes.list, { query: { ...chosenOf(query, FILTERS), ...pageOf(query) } });

type TableProps = { checkouts: readonly CheckoutRecord[]; site: Site; isAll: boolean };

const CheckoutTable = ({ checkouts, site, isAll }: TableProps) => (
  <Table
    caption="Checkouts"
    rows={checkouts}
    keyOf={({ id }) => id}
    empty={<NoCheckouts isAll={isAll} />}
    columns={[
      {
        label: 'Customer',
        width: 'wide',
        at: '1',
        cell: ({ contact, offer }) => (
          <a className="row" href={`/contacts/${contact.id}`}>
            {contact.name ?? contact.email} · {offer.name}
          </a>
        ),
      },
      {
        label: 'What became of it',
        at: '2',
        cell: (checkout) => (
          <>
            <StateOf {...checkout} />{' '}
            <small>
              <Afterwards {...checkout} site={site} />
            </small>
          </>
        ),
      },
      { label: 'Begun', isFigure: true, isSpare: true, cell: ({ createdAt }) => <Day at={createdAt} site={site} /> },
      { label: 'Ended', isFigure: true, at: '2r', cell: ({ endedAt }) => <Day at={endedAt} site={site} none="" /> },
      { label: 'Amount', isFigure: true, at: '1r', cell: (checkout) => <Amount {...checkout} /> },
    ]}
  />
);

function StateOf({ state, reason }: CheckoutRecord) {
  if (state === 'open') return <Badge tone="plain">Open</Badge>;
  if (state === 'completed') return <Badge tone="good">Paid</Badge>;
  if (reason === null) return <Badge tone="plain">Not paid</Badge>;
  const { label, tone, means } = END_WORDS[reason];
  return (
    <span title={means}>
      <Badge tone={tone}>{label}</Badge>
    </span>
  );
}

/** What came of it: the purchase, where there is one. */
function Afterwards({ state, purchaseId, recoveredBy, recoveredAt, site }: CheckoutRecord & { site: Site }) {
  if (state === 'completed') return <a href={purchasePath(purchaseId)}>Purchase</a>;
  if (recoveredBy === null) return state === 'open' ? null : <>Not bought</>;
  return (
    <a href={purchasePath(recoveredBy)}>
      Bought <Day at={recoveredAt} site={site} />
    </a>
  );
}

const Amount = ({ amountMinor, currency }: CheckoutRecord) =>
  amountMinor === null || currency === null ? null : <>{moneyInWords({ amountMinor, currency })}</>;

const NoCheckouts = ({ isAll }: { isAll: boolean }) =>
  isAll ? (
    <p>Nobody has begun to buy yet.</p>
  ) : (
    <p>
      No checkouts match. <a href={PATH}>Show all checkouts</a>
    </p>
  );
