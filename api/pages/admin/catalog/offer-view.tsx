import type { ProblemBody } from '../../../http/problem.ts';
import type { FormState } from '../../form.ts';
import type { Site } from '../../page.ts';
import { Archived, goingOnInWords, type GoingOn } from '../../parts/archive.tsx';
import { CopyLink } from '../../parts/copy-link.tsx';
import { FormKey } from '../../parts/fields.tsx';
import { countOf } from '../../parts/counts.ts';
import { Facts } from '../../parts/list.tsx';
import { priceInWords } from '../../parts/money.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Day, When } from '../../parts/when.tsx';
import { creditFacts } from './credit-fields.tsx';
import { dependenceFacts, type OfferName } from './dependence-fields.tsx';
import { OfferFields } from './offer-fields.tsx';
import type { Offer, Product } from './offer-shown.ts';
import { quotaFacts } from './quota-fields.tsx';

type Shown = {
  form: FormState;
  problem: ProblemBody | null;
  offer: Offer;
  goingOn: GoingOn;
  site: Site;
  notice: string | undefined;
  link: string;
  mayEdit: boolean;
  maySeePurchases: boolean;
  products: Product[];
  offForAll: string[];
  /** Other offers: what it requires, and could. */
  others: OfferName[];
};

const NOTICES: Record<string, string> = {
  made: 'The offer has been created. Share its checkout link with anybody you like.',
  saved: 'The change has been saved. Existing purchases keep their terms.',
  archived: 'The offer has been archived. Existing purchases go on.',
  back: 'The offer is no longer archived: it can be bought and granted again.',
};

export function OfferView(shown: Shown) {
  const { offer, notice, problem, link, mayEdit } = shown;
  const word = notice === undefined ? undefined : NOTICES[notice];
  const isArchived = offer.archivedAt !== null;
  return (
    <>
      <p className="crumbs">
        <a href="/offers">Offers</a>
      </p>
      <div className="head">
        <h1>{offer.name}</h1>
        {mayEdit && !isArchived ? (
          <span className="actions">
            <a href={`/offers/${offer.id}/activation`}>Grant from outside …</a>
            <a href={`/offers/${offer.id}/archive`}>Archive …</a>
          </span>
        ) : null}
      </div>
      {word === undefined ? null : <Notice tone="good">{word}</Notice>}
      <ProblemNotice problem={problem} />
      {isArchived ? (
        <Archived what="offer" effect="It can neither be bought nor granted." mayEdit={mayEdit} />
      ) : (
        <CopyLink label="Checkout link" link={link} />
      )}
      <div className="cols even">
        <section>
          <h2>Facts</h2>
          <OfferFacts {...shown} />
        </section>
        {mayEdit ? <Edit {...shown} /> : null}
      </div>
    </>
  );
}

function OfferFacts({ offer, goingOn, site, maySeePurchases, others }: Shown) {
  const { price, products, refundWindowDays, accessDays, accessStartsAt, createdAt, id } = offer;
  const purchases = goingOnInWords(goingOn);
  return (
    <Facts
      facts={[
        ['Price', priceInWords(price)],
        ['Products', <ProductLinks key="products" products={products} />],
        ['Purchases', maySeePurchases ? <a href={`/purchases?offerId=${id}`}>{purchases}</a> : purchases],
        [
          'Refund window',
          refundWindowDays === 0
            ? 'None'
            : `${countOf(refundWindowDays, 'day')}${offer.refundWindowOnce ? ', once for a customer' : ''}`,
        ],
        ['Access lasts', accessDays === null ? 'Without end' : countOf(accessDays, 'day')],
        ['Access starts', <When key="starts" at={accessStartsAt} site={site} none="With the purchase" />],
        ...dependenceFacts(offer, others),
        ...creditFacts(offer),
        ...quotaFacts(offer),
        ['Created', <Day key="made" at={createdAt} site={site} />],
        ['Id', <code key="id">{id}</code>],
      ]}
    />
  );
}

const ProductLinks = ({ products }: Pick<Offer, 'products'>) => (
  <ul>
    {products.map(({ id, name, archivedAt }) => (
      <li key={id}>
        <a href={`/products/${id}`}>{name}</a>
        {archivedAt === null ? null : <span className="quiet"> (archived)</span>}
      </li>
    ))}
  </ul>
);

const Edit = ({ form, offer, site, products, offForAll, others }: Shown) => (
  <section>
    <h2>Change</h2>
    <p className="quiet">
      The price cannot be changed. To sell the same products at another price, create another offer and archive this
      one. Changes apply to future purchases only.
    </p>
    <form method="post">
      <FormKey form={form} />
      <OfferFields form={form} site={site} products={products} offForAll={offForAll} others={others} offer={offer} />
      <button className="primary">Save</button>
    </form>
  </section>
);
