import { END_REASONS } from '../../../../db/entities/checkout.ts';
import { MONEY_READERS } from '../../../auth/roles.ts';
import type { CheckoutRecord } from '../../../purchase/checkout-schema.ts';
import { keptCheckoutRoutes } from '../../../purchase/kept-checkouts.ts';
import { ID, type ListColumn } from '../../lists/column.tsx';
import { listPage } from '../../lists/list-page.tsx';
import { NOTHING_MORE } from '../../lists/list.ts';
import { Tabs } from '../../parts/filters.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { END_WORDS } from '../../words/checkout.ts';
import type { Here } from '../../words/instant.ts';
import { purchasePath } from './read-purchase.ts';

const PATH = '/checkouts';

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
export const checkoutsPage = listPage<CheckoutRecord, null>({
  name: 'checkouts',
  path: PATH,
  title: 'Checkouts',
  caption: 'Checkouts',
  roles: MONEY_READERS,
  filters: ['state', 'reason', 'contactId', 'offerId'],
  read: ({ api }, query) => api.read(keptCheckoutRoutes.list, { query }),
  more: NOTHING_MORE,
  columns: () => COLUMNS,
  above: ({ chosen }) => <States chosen={chosen} />,
  kept: () => ['state', 'reason', 'contactId', 'offerId'],
  empty: ({ filter }) => <NoCheckouts isAll={Object.keys(filter).length === 0} />,
  watched: ({ id, state, reason, recoveredBy }) => [id, state, reason, recoveredBy],
});

function States({ chosen: given }: { chosen: Record<string, string> }) {
  const chosen: Record<string, string> = given.reason === undefined ? given : { ...given, state: 'ended' };
  const { reason: _reason, ...ofAnyReason } = chosen;
  return (
    <>
      <p className="quiet">
        Who went to Stripe’s page to pay. A page can be paid for 24 hours; then it has ended, and stays here with the
        reason.
      </p>
      <Tabs label="By state" name="state" path={PATH} chosen={ofAnyReason} tabs={TABS} />
      {chosen.state === 'ended' ? (
        <Tabs label="By reason" name="reason" path={PATH} chosen={chosen} tabs={REASONS} />
      ) : null}
    </>
  );
}

const STATE_WORDS = { open: 'Open', completed: 'Paid', ended: 'Not paid' } as const;

const stateInWords = ({ state, reason }: CheckoutRecord): string =>
  state === 'ended' && reason !== null ? END_WORDS[reason].label : STATE_WORDS[state];

const amountOf = ({ amountMinor, currency }: CheckoutRecord) =>
  amountMinor === null || currency === null ? null : { amountMinor, currency };

const COLUMNS: readonly ListColumn<CheckoutRecord>[] = [
  {
    name: 'customer',
    label: 'Customer',
    width: 'wide',
    at: '1',
    value: ({ contact, offer }) => `${contact.name ?? contact.email} · ${offer.name}`,
    cell: ({ contact, offer }) => (
      <a className="row" href={`/contacts/${contact.id}`}>
        {contact.name ?? contact.email} · {offer.name}
      </a>
    ),
  },
  { name: 'email', label: 'Email', isExtra: true, width: 'wide', value: ({ contact }) => contact.email },
  { name: 'offer', label: 'Offer', isExtra: true, width: 'less', value: ({ offer }) => offer.name },
  {
    name: 'state',
    label: 'What became of it',
    at: '2',
    value: stateInWords,
    cell: (checkout, here) => (
      <>
        <StateOf {...checkout} />{' '}
        <small>
          <Afterwards {...checkout} site={here} />
        </small>
      </>
    ),
  },
  {
    name: 'begun',
    label: 'Begun',
    isFigure: true,
    isSpare: true,
    instant: ({ createdAt }) => createdAt,
    cell: ({ createdAt }, here) => <Day at={createdAt} site={here} />,
  },
  {
    name: 'ended',
    label: 'Ended',
    isFigure: true,
    at: '2r',
    instant: ({ endedAt }) => endedAt,
    cell: ({ endedAt }, here) => <Day at={endedAt} site={here} none="" />,
  },
  { name: 'amount', label: 'Amount', isFigure: true, at: '1r', amount: amountOf },
  ID,
];

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
function Afterwards({ state, purchaseId, recoveredBy, recoveredAt, site }: CheckoutRecord & { site: Here }) {
  if (state === 'completed') return <a href={purchasePath(purchaseId)}>Purchase</a>;
  if (recoveredBy === null) return state === 'open' ? null : <>Not bought</>;
  return (
    <a href={purchasePath(recoveredBy)}>
      Bought <Day at={recoveredAt} site={site} />
    </a>
  );
}

const NoCheckouts = ({ isAll }: { isAll: boolean }) =>
  isAll ? (
    <p>Nobody has begun to buy yet.</p>
  ) : (
    <p>
      No checkouts match. <a href={PATH}>Show all checkouts</a>
    </p>
  );
