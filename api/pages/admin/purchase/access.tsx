import { capital } from '../../../../emails/words/sentence.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { Table } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { BLOCK_WORDS } from '../../words/access.ts';
import type { Purchase, Reached } from './read-purchase.ts';

type AccessProps = { purchase: Purchase; reached: Reached; site: Site };
type Product = Purchase['products'][number];
type Way = Reached[number]['purchases'][number];

/** Each product, open or not, and why; closed here, it may be open through another [R5.6]. */
export const AccessSection = ({
  purchase: { id, products, accessPeriod, duplicateOf },
  reached,
  site,
}: AccessProps) => (
  <section>
    <h2>Access</h2>
    <Table
      caption="Products of this purchase"
      rows={products}
      keyOf={({ productId }) => productId}
      empty={<p>This offer has no products. Add one to the offer.</p>}
      columns={[
        { label: 'Product', cell: ({ name }) => name, at: '1' },
        {
          label: 'Access',
          at: '1r',
          cell: ({ open }) => <Badge tone={open ? 'good' : 'bad'}>{open ? 'Open' : 'Closed'}</Badge>,
        },
        {
          label: 'Why',
          isQuiet: true,
          at: '2',
          cell: (product) => (
            <>
              <Why product={product} site={site} accessPeriod={accessPeriod} duplicateOf={duplicateOf} />
              <Others ways={waysOf(reached, product, id)} site={site} />
            </>
          ),
        },
      ]}
    />
  </section>
);

/** The other purchases through which the product is open now. */
const waysOf = (reached: Reached, { productId }: Product, purchaseId: string): Way[] =>
  (reached.find((one) => one.productId === productId)?.purchases ?? []).filter(
    (way) => way.open && way.purchaseId !== purchaseId,
  );

const Others = ({ ways, site }: { ways: Way[]; site: Site }) =>
  ways.map(({ purchaseId, offerName, until }) => (
    <p key={purchaseId}>
      Also open through <a href={`/purchases/${purchaseId}`}>{offerName}</a>
      {until === null ? null : (
        <>
          , until <When at={until} site={site} />
        </>
      )}
    </p>
  ));

type WhyProps = { product: Product; site: Site } & Pick<Purchase, 'accessPeriod' | 'duplicateOf'>;

function Why({ product: { open, blocks, until }, site, accessPeriod, duplicateOf }: WhyProps) {
  if (open) return until === null ? <>No known end</> : <Until at={until} site={site} />;
  if (duplicateOf !== null) return <>What is sent back gives no access</>;
  return (
    <ul>
      {blocks.map(({ source, since, by }) => (
        <li key={source}>
          {capital(BLOCK_WORDS[source])}
          {source === 'not_started' ? (
            <>
              , starts <When at={accessPeriod?.startsAt ?? null} site={site} />
            </>
          ) : (
            <>
              {by ? ` by ${actorInWords(by)}` : ''}, since <When at={since} site={site} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

const Until = ({ at, site }: { at: string; site: Site }) => (
  <>
    Until <When at={at} site={site} />
  </>
);
