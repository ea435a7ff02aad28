import { customerAccountRoutes } from '../../../people/customer-account.ts';
import type { z } from 'zod';
import type { libraryItemSchema, meSchema } from '../../../people/customer-schema.ts';
import { digest } from '../../digest.ts';
import { page, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { Badge, Notice } from '../../parts/notice.tsx';
import { Day } from '../../parts/when.tsx';
import { BlockReason } from './block-reason.tsx';
import { Told } from '../notices.tsx';
import { Support } from './trouble.tsx';

type Item = z.output<typeof libraryItemSchema>;
type Me = z.output<typeof meSchema>;

/** What a customer can reach, and why not the rest [R5.6]. */
export const libraryPage: Page = {
  path: '/library',
  audience: 'customer',
  async show(call) {
    const [me, items] = await Promise.all([call.api.read(customerAccountRoutes.me, {}), readItems(call)]);
    return page('Library', <Library items={items} me={me} notice={call.query.notice} site={siteOf(call)} />);
  },
  state: async (call) => digest(await readItems(call)),
};

const readItems = async ({ api }: PageCall): Promise<Item[]> =>
  (await api.read(customerAccountRoutes.library, {})).data;

type Shown = { items: Item[]; me: Me; notice: string | undefined; site: Site };

const Library = ({ items, me, notice, site }: Shown) => (
  <>
    <div className="head">
      <h1>Your library</h1>
    </div>
    <Told notice={notice} />
    <Password {...me} />
    {items.length === 0 ? <Nothing site={site} /> : null}
    <ul className="shelf">
      {items.map((item) => (
        <li key={item.productId}>
          <Product item={item} site={site} />
        </li>
      ))}
    </ul>
  </>
);

/**
 * Who came in by an emailed link may set a password, in place of a forgotten one or of one that is
 * not theirs.
 */
const Password = ({ hasPassword, canSetPassword }: Me) =>
  canSetPassword ? (
    <Notice tone="plain">
      {hasPassword ? 'You logged in by a link. Forgot your password? ' : 'You have no password yet. '}
      <a href="/password">{hasPassword ? 'Choose another one' : 'Choose one'}</a>, and next time you can log in without
      an email.
    </Notice>
  ) : null;

const Nothing = ({ site }: { site: Site }) => (
  <div className="empty">
    <p>There is nothing here yet.</p>
    <p>
      Did you buy with another address? Log out and log in with that one, or write to <Support site={site} />.
    </p>
  </div>
);

const Product = ({ item, site }: { item: Item; site: Site }) => (
  <article className="box">
    <h2>{item.name}</h2>
    <Badge tone={item.hasAccess ? 'good' : 'warn'}>{item.hasAccess ? 'Your products' : 'No access'}</Badge>
    {item.hasAccess ? <Open item={item} site={site} /> : <Closed item={item} site={site} />}
  </article>
);

const Open = ({ item: { ways, until }, site }: { item: Item; site: Site }) => (
  <p className="quiet">
    Through {ways[0]?.offerName}
    {until === null ? null : (
      <>
        , until <Day at={until} site={site} />
      </>
    )}
    .
  </p>
);

/** Every way is closed: each says why, since each opens again in its own way. */
const Closed = ({ item: { ways }, site }: { item: Item; site: Site }) => (
  <ul className="reasons">
    {ways.map((way) => (
      <li key={way.purchaseId}>
        {ways.length > 1 ? <strong>{way.offerName}: </strong> : null}
        {way.blocks.map((block) => (
          <BlockReason key={block.source} block={block} way={way} site={site} />
        ))}
      </li>
    ))}
  </ul>
);
