import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import type { myCardSchema } from '../../../money/my-card-schema.ts';
import { myCardRoutes } from '../../../money/my-cards.ts';
import { customerPurchaseRoutes } from '../../../people/customer-purchases.ts';
import type { MyPurchase } from '../../../people/customer-schema.ts';
import { EMPTY_FORM } from '../../form.ts';
import {
  inSite,
  OF_SITE,
  page,
  redirect,
  siteOf,
  type Page,
  type PageAnswer,
  type PageCall,
  type Site,
} from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { Told } from '../notices.tsx';
import { Trouble } from '../purchase/trouble.tsx';
import { CARD_NOTICES } from './update-card.tsx';

type Card = z.output<typeof myCardSchema>;

/** All cards of a customer: what each pays for, and what can be done with it [R12.1]. */
export const cardsPage: Page = {
  path: `${OF_SITE}/billing/cards`,
  audience: 'customer',
  show: (call) => shown(call),
  async submit(call, { step, typed, key }) {
    const [verb = '', cardId = '', named] = step.split(' ');
    const purchaseId = named ?? typed._purchase?.at(-1) ?? '';
    const done = (notice: string) => redirect(inSite(siteOf(call), `/billing/cards?notice=${notice}`));
    if (verb === 'add') {
      const added = await call.api.ask(myCardRoutes.begin, { body: {}, key });
      if (!added.isDone) return shown(call, added.problem, added.status);
      return { kind: 'handOver', to: added.body.url, title: 'Continue to your card' };
    }
    if (verb === 'move') {
      const moved = await call.api.ask(myCardRoutes.move, { params: { purchaseId }, body: { cardId }, key });
      return moved.isDone ? done(CARD_NOTICES[moved.body.payment]) : shown(call, moved.problem, moved.status);
    }
    const params = { cardId: cardId || 'none' };
    const changed =
      verb === 'default'
        ? await call.api.ask(myCardRoutes.makeDefault, { params, body: {}, key })
        : await call.api.ask(myCardRoutes.remove, { params, key });
    if (!changed.isDone) return shown(call, changed.problem, changed.status);
    return done(verb === 'default' ? 'card-default' : 'card-removed');
  },
};

async function shown(call: PageCall, problem: ProblemBody | null = null, status = 200): Promise<PageAnswer> {
  const [{ data: cards }, { data: purchases }] = await Promise.all([
    call.api.read(myCardRoutes.list, {}),
    call.api.read(customerPurchaseRoutes.list, {}),
  ]);
  const payable = purchases.filter(({ canUpdateCard }) => canUpdateCard);
  const view = { cards, payable, problem, notice: call.query.notice, site: siteOf(call) };
  return page('Your cards', <Cards {...view} />, status);
}

type Shown = {
  cards: Card[];
  payable: MyPurchase[];
  problem: ProblemBody | null;
  notice: string | undefined;
  site: Site;
};

const Cards = ({ cards, payable, problem, notice, site }: Shown) => (
  <>
    <div className="head">
      <h1>Your cards</h1>
      <a href={inSite(site, '/billing')}>Back to your billing</a>
    </div>
    <Told notice={notice} />
    <Trouble problem={problem} />
    {cards.length === 0 ? (
      <div className="empty">
        <p>No card of yours is kept here.</p>
      </div>
    ) : null}
    {cards.map((card) => (
      <CardBox key={card.id} card={card} payable={payable} site={site} />
    ))}
    {cards.length > 0 || payable.length > 0 ? (
      <form method="post">
        <FormKey form={EMPTY_FORM} />
        <button name="_step" value="add">
          Add a card
        </button>
      </form>
    ) : null}
  </>
);

type BoxProps = { card: Card; payable: MyPurchase[]; site: Site };

const CardBox = ({ card, payable, site }: BoxProps) => (
  <article className="box stack" aria-labelledby={`card-${card.id}`}>
    <div className="head">
      <div>
        <h2 id={`card-${card.id}`}>{card.name}</h2>
        <p>
          <Expiry card={card} /> {card.isDefault ? <Badge tone="plain">Default</Badge> : null}
        </p>
      </div>
    </div>
    {card.uses.length === 0 ? (
      <p className="quiet">It pays for nothing at the moment.</p>
    ) : (
      <Uses card={card} site={site} />
    )}
    <Acts card={card} payable={payable} />
  </article>
);

function Expiry({ card: { expMonth, expYear, hasExpired } }: { card: Card }) {
  if (expMonth === null || expYear === null) return null;
  const until = `${String(expMonth).padStart(2, '0')}/${expYear}`;
  return hasExpired ? <Badge tone="bad">Expired {until}</Badge> : <span className="quiet">Expires {until}</span>;
}

const Uses = ({ card, site }: { card: Card; site: Site }) => (
  <ul>
    {card.uses.map(({ purchaseId, offer, nextCharge }) => (
      <li key={purchaseId}>
        {offer.name}:{' '}
        {nextCharge === null ? (
          'nothing more is charged'
        ) : (
          <>
            {moneyInWords(nextCharge)} on <Day at={nextCharge.at} site={site} />
          </>
        )}
      </li>
    ))}
  </ul>
);

/** What may be done with a card, each button saying what of. */
const Acts = ({ card, payable }: Pick<BoxProps, 'card' | 'payable'>) => (
  <form method="post" className="actions">
    <FormKey form={EMPTY_FORM} />
    <PayFor card={card} others={payable.filter(({ id }) => card.couldPayFor.includes(id))} />
    {card.isDefault ? null : (
      <button name="_step" value={`default ${card.id}`}>
        Make it the default<span className="unseen"> ({card.name})</span>
      </button>
    )}
    {card.uses.length > 0 ? null : (
      <button name="_step" value={`remove ${card.id}`}>
        Remove<span className="unseen"> {card.name}</span>
      </button>
    )}
  </form>
);

/** What else it could pay for: one is named on the button, of several one is chosen. */
function PayFor({ card, others }: { card: Card; others: MyPurchase[] }) {
  const [one, ...more] = others;
  if (!one) return null;
  if (more.length === 0)
    return (
      <button name="_step" value={`move ${card.id} ${one.id}`}>
        Pay for {one.offer.name} with it<span className="unseen"> ({card.name})</span>
      </button>
    );
  return (
    <>
      <select name="_purchase" aria-label={`What ${card.name} could pay for`}>
        {others.map(({ id, offer }) => (
          <option key={id} value={id}>
            {offer.name}
          </option>
        ))}
      </select>
      <button name="_step" value={`move ${card.id}`}>
        Pay for it with this card<span className="unseen"> ({card.name})</span>
      </button>
    </>
  );
}
