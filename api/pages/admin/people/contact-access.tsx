import type { z } from 'zod';
import type { accessSchema } from '../../../people/contact-schema.ts';
import type { Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { Badge } from '../../parts/notice.tsx';
import { Day, When } from '../../parts/when.tsx';
import { BLOCK_WORDS } from '../../words/access.ts';

type Access = z.output<typeof accessSchema>;
type Way = Access['purchases'][number];
type Around = { site: Site; isLinked: boolean };

type Shown = Around & { access: readonly Access[] };

/**
 * For every product: yes or no, through which purchase, until when, which block, who set it, when
 * [R5.6].
 */
export function AccessOf({ access, ...around }: Shown) {
  if (access.length === 0) return <p className="quiet">No product has been bought or granted yet.</p>;
  return (
    <ul className="access">
      {access.map((product) => (
        <li key={product.productId}>
          <div className="headline">
            <strong>{product.productName}</strong>
            <Badge tone={product.hasAccess ? 'good' : 'bad'}>{product.hasAccess ? 'Has access' : 'No access'}</Badge>
          </div>
          {product.from === null ? null : (
            <p className="quiet">
              Opens by itself on <When at={product.from} site={around.site} />.
            </p>
          )}
          {product.purchases.map((way) => (
            <p key={way.purchaseId} className="quiet">
              <WayInWords way={way} {...around} />
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

const WayInWords = ({ way, site, isLinked }: Around & { way: Way }) => {
  const offer = isLinked ? <a href={`/purchases/${way.purchaseId}`}>{way.offerName}</a> : <bdi>{way.offerName}</bdi>;
  if (way.open && way.until !== null)
    return (
      <>
        Through {offer}, until <When at={way.until} site={site} />.
      </>
    );
  if (way.open) return <>Through {offer}, with no known end.</>;
  if (way.blocks.length === 0) return <>Not through {offer}.</>;
  return (
    <>
      Not through {offer}: <Blocks blocks={way.blocks} site={site} />.
    </>
  );
};

const Blocks = ({ blocks, site }: { blocks: Way['blocks']; site: Site }) =>
  blocks.map(({ source, since, by }, index) => (
    <span key={source}>
      {index === 0 ? '' : '; '}
      {BLOCK_WORDS[source]}
      {by === null ? '' : ` by ${actorInWords(by)}`}, since <Day at={since} site={site} />
    </span>
  ));
