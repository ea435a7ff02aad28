import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { assetAddress, colorAddress } from './assets.ts';
import { customerPlaces, isAt } from './navigation.ts';
import { inSite, type Site, type Visitor } from './page.ts';
import { PreviewTop } from './parts/preview-top.tsx';
import { Picture } from './parts/prose.tsx';
import { Shell } from './shell.tsx';
import { zoneInWords } from './words/instant.ts';

type Framed = {
  title: string;
  body: ReactNode;
  visitor: Visitor | null;
  /** Whose address the page is at; null on the service's own pages. */
  site: Site | null;
  /** Where the page is, to mark its place in the navigation. */
  path: string;
  /** What the page depends on: the script polls it, and reloads the page when it changes. */
  state?: string | undefined;
  /** Whose times the page has, where they are not the site's. */
  timeZone?: string | undefined;
  /** Another site's address to which this page leads by itself. */
  leadsTo?: string;
};

const iconOf = (color: string): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="${color}" d="M2 14C2 6 6 2 14 2c0 8-4 12-12 12z"/></svg>`,
  )}`;

/** A whole page as HTML. React escapes every text in it. */
export const renderPage = (framed: Framed): string =>
  `<!doctype html>${renderToStaticMarkup(<Document {...framed} />)}`;

function Document(framed: Framed) {
  const { title, body, visitor, site, path, state, leadsTo } = framed;
  const content = leadsTo === undefined ? body : <LeadsTo title={title} to={leadsTo} />;
  const isAdmin = visitor?.kind === 'admin';
  return (
    <html lang="en">
      <Head {...framed} />
      <body className={isAdmin ? undefined : 'site'}>
        <a className="skip" href="#main">
          Skip to content
        </a>
        {isAdmin ? (
          <Shell visitor={visitor} path={path}>
            <Main className="page" state={state} site={visitor.account}>
              {content}
            </Main>
          </Shell>
        ) : (
          <>
            {site && visitor?.preview ? <PreviewTop site={site} visitor={visitor} {...visitor.preview} /> : null}
            <SiteTop visitor={visitor} path={path} site={site} />
            <Main state={state} site={site && { ...site, timeZone: framed.timeZone ?? site.timeZone }}>
              {content}
              {site === null ? null : <SiteFoot site={site} />}
            </Main>
          </>
        )}
        <div id="announcement" role="status" className="unseen" />
      </body>
    </html>
  );
}

const NAME = 'Perennial';
const COLOR = '#007a50';

function Head({ title, visitor, site }: Framed) {
  const name = (site ?? visitor?.account)?.name ?? NAME;
  const color = site?.look.color ?? null;
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <link rel="icon" href={iconOf(color ?? COLOR)} />
      <title>{`${title} · ${name}`}</title>
      <link rel="stylesheet" href={assetAddress('pages.css')} />
      {color === null ? null : <link rel="stylesheet" href={colorAddress(color)} />}
      <script type="module" src={assetAddress('pages.js')} />
    </head>
  );
}

type MainProps = { className?: string; state: string | undefined; site: Site | null; children: ReactNode };

/** The page itself; the zone of its times is named once, at its foot. */
const Main = ({ className, state, site, children }: MainProps) => (
  <main id="main" className={className} data-state={state} tabIndex={-1}>
    {children}
    {site === null ? null : <footer className="zone">{zoneInWords(site)}</footer>}
  </main>
);

const LeadsTo = ({ title, to }: { title: string; to: string }) => (
  <section className="lone">
    <h1>{title}</h1>
    <p>
      You are being taken there. If nothing happens, <a href={to}>continue here</a>.
    </p>
  </section>
);

type TopProps = Pick<Framed, 'visitor' | 'path' | 'site'>;

/** The head of a site's own pages, for customers and strangers. */
const SiteTop = ({ visitor, path, site }: TopProps) => (
  <header className="site-top">
    <div>
      <a className="site-name" href={site ? inSite(site, visitor ? '/library' : '/login') : '/'}>
        <Logo site={site} />
        <bdi>{site?.name ?? NAME}</bdi>
      </a>
      {site && visitor ? <LoggedIn site={site} {...visitor} /> : null}
      {site && visitor ? (
        <nav className="views" aria-label="Main">
          {customerPlaces(site, visitor).map(({ href, label }) => (
            <a key={href} href={href} aria-current={isAt(path, { href }) ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
      ) : null}
    </div>
  </header>
);

const Logo = ({ site }: Pick<Framed, 'site'>) =>
  site?.look.logoUrl ? (
    <Picture className="logo" url={site.look.logoUrl} />
  ) : (
    <span className="sign" aria-hidden="true">
      {[...(site?.name ?? NAME)][0]}
    </span>
  );

const LoggedIn = ({ site, name, email }: Pick<Visitor, 'name' | 'email'> & { site: Site }) => (
  <details className="menu">
    <summary>
      <bdi>{name ?? email}</bdi>
      <span className="unseen">: your account</span>
    </summary>
    <ul>
      <li>{email}</li>
      <li>
        <a href={inSite(site, '/sessions')}>Where you are logged in</a>
      </li>
      <li>
        <a href={inSite(site, '/passkeys')}>Passkeys</a>
      </li>
      <li>
        <a href={inSite(site, '/language')}>Language</a>
      </li>
      <li>
        <form method="post" action={inSite(site, '/logout')}>
          <button>Log out</button>
        </form>
      </li>
    </ul>
  </details>
);

/** Who sells here, and where to ask. */
function SiteFoot({ site: { name, supportEmail, look } }: { site: Site }) {
  const { postalAddress, termsUrl, privacyUrl } = look;
  return (
    <footer className="seller">
      <p>
        {[name, ...(postalAddress ?? '').split('\n')]
          .map((line) => line.trim())
          .filter(Boolean)
          .join(', ')}
        {' · '}
        <a href={`mailto:${supportEmail}`}>{supportEmail}</a>
      </p>
      {termsUrl === null && privacyUrl === null ? null : (
        <p>
          {termsUrl === null ? null : <a href={termsUrl}>Terms</a>}
          {termsUrl !== null && privacyUrl !== null ? ' · ' : null}
          {privacyUrl === null ? null : <a href={privacyUrl}>Privacy</a>}
        </p>
      )}
    </footer>
  );
}
