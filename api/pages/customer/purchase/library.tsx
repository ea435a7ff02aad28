import { customerAccountRoutes } from '../../../people/customer-account.ts';
import type { z } from 'zod';
import type { libraryItemSchema, meSchema } from '../../../people/customer-schema.ts';
import { digest } from '../../digest.ts';
import { inSite, OF_SITE, page, redirect, siteOf, type Page, type PageCall, type Site } from '../../page.ts';
import { Badge, Notice } from '../../parts/notice.tsx';
import { Paragraphs, Picture } from '../../parts/prose.tsx';
import { Day } from '../../parts/when.tsx';
import { hourAt } from '../../words/instant.ts';
import { BlockReason } from './block-reason.tsx';
import { Told } from '../notices.tsx';
import { Support } from './trouble.tsx';

type Item = z.output<typeof libraryItemSchema>;
type Me = z.output<typeof meSchema>;

/** What a customer can reach, and why not the rest [R5.6]. */
export const libraryPage: Page = {
  path: `${OF_SITE}/library`,
  audience: 'customer',
  async show(call) {
    const [me, items] = await Promise.all([call.api.read(customerAccountRoutes.me, {}), readItems(call)]);
    return page(
      'Library',
      <Library items={items} me={me} notice={call.query.notice} site={siteOf(call)} hasCalls={hasCalls(call)} />,
    );
  },
  state: async (call) => digest(await readItems(call)),
};

/** The site's bare address, which people remember. */
export const sitePage: Page = {
  path: OF_SITE,
  audience: 'public',
  show: async (call) => redirect(inSite(siteOf(call), '/library')),
};

const readItems = async ({ api }: PageCall): Promise<Item[]> =>
  (await api.read(customerAccountRoutes.library, {})).data;

/** By the clock on the site's wall. */
function greeting({ now, timeZone }: Site): string {
  const hour = hourAt(now, timeZone);
  if (hour < 5 || hour >= 18) return 'Good evening';
  return hour < 12 ? 'Good morning' : 'Good afternoon';
}

type Shown = { items: Item[]; me: Me; notice: string | undefined; site: Site; hasCalls: boolean };

const hasCalls = ({ visitor }: PageCall): boolean => visitor?.hasCalls ?? false;

const Library = ({ items, me, notice, site, ...shown }: Shown) => (
  <>
    <div className="head">
      <h1>{me.name === null ? 'Your library' : `${greeting(site)}, ${me.name}`}</h1>
      {shown.hasCalls ? (
        <a className="btn" href={inSite(site, '/calls')}>
          Your calls
        </a>
      ) : null}
    </div>
    <Told notice={notice} />
    <Password me={me} site={site} />
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
const Password = ({ me, site }: { me: Me; site: Site }) =>
  me.canSetPassword ? (
    <Notice tone={me.passwordDroppedAt === null ? 'plain' : 'warn'}>
      {passwordWords(me)} <a href={inSite(site, '/password')}>{me.hasPassword ? 'Choose another one' : 'Choose one'}</a>
      , and next time you can log in without an email.
    </Notice>
  ) : null;

function passwordWords({ hasPassword, passwordDroppedAt }: Me): string {
  if (hasPassword) return 'You logged in with a link. Forgot your password?';
  if (passwordDroppedAt === null) return 'You have no password yet.';
  return 'The password from before you first opened a link of ours does not work any more: anybody could have set it.';
}

const Nothing = ({ site }: { site: Site }) => (
  <div className="empty">
    <p>There is nothing here yet.</p>
    <p>
      Did you buy with another address? Log out and log in with that one, or write to <Support site={site} />.
    </p>
  </div>
);

const Product = ({ item, site }: { item: Item; site: Site }) => (
  <article className="box course">
    {item.imageUrl === null ? <Sign item={item} /> : <Picture className="sign" url={item.imageUrl} />}
    <h2>{item.name}</h2>
    {item.url === null ? null : (
      <a className="btn primary" href={item.url}>
        Open<span className="unseen"> {item.name}</span>
      </a>
    )}
    <div>
      <Paragraphs text={item.description} />
      {item.hasAccess ? <Open item={item} site={site} /> : <Closed item={item} site={site} />}
    </div>
  </article>
);

const Sign = ({ item: { name, hasAccess } }: { item: Item }) => (
  <span className={hasAccess ? 'sign' : 'sign round'} aria-hidden="true">
    {[...name][0]}
  </span>
);

const Open = ({ item: { ways, until }, site }: { item: Item; site: Site }) => (
  <p className="quiet">
    Yours through {ways[0]?.offerName}
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
    <li>
      <Badge tone="warn">No access</Badge>
    </li>
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
