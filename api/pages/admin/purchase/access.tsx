import { capital } from '../../../../emails/words/sentence.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { Table } from '../../parts/list.tsx';
import { Badge } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { BLOCK_WORDS } from '../../words/access.ts';
import type { Purchase } from './read-purchase.ts';

type AccessProps = { purchase: Purchase; site: Site };
type Product = Purchase['products'][number];

/** Each product, open or not, and why [R5.3]. */
export const AccessSection = ({ purchase: { products, accessPeriod, duplicateOf }, site }: AccessProps) => (
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
            <Why product={product} site={site} accessPeriod={accessPeriod} duplicateOf={duplicateOf} />
          ),
        },
      ]}
    />
  </section>
);

type WhyProps = { product: Product; site: Site } & Pick<Purchase, 'accessPeriod' | 'duplicateOf'>;

function Why({ product: { open, blocks, until }, site, accessPeriod, duplicateOf }: WhyProps) {
  if (open) return until === null ? <>No known end</> : <Until at={until} site={site} />;
  if (duplicateOf !== null) return <>A second purchase gives no access</>;
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
