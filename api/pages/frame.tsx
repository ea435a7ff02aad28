import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { assetAddress } from './assets.ts';
import { CUSTOMER_PLACES, isAt } from './navigation.ts';
import type { Site, Visitor } from './page.ts';
import { Shell } from './shell.tsx';
import { zoneInWords } from './words/instant.ts';

type Framed = {
  title: string;
  body: ReactNode;
  visitor: Visitor | null;
  /** Where the page is, to mark its place in the navigation. */
  path: string;
  /** What the page depends on: the script polls it, and reloads the page when it changes. */
  state?: string | undefined;
  /**
   * Whose site it is, where that is not the visitor's own account; such a page leads to the
   * customers' login.
   */
  siteName?: string | null | undefined;
  /** Another site's address to which this page leads by itself. */
  leadsTo?: string;
};

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#007a50" d="M2 14C2 6 6 2 14 2c0 8-4 12-12 12z"/></svg>',
)}`;

/** A whole page as HTML. React escapes every text in it. */
export const renderPage = (framed: Framed): string =>
  `<!doctype html>${renderToStaticMarkup(<Document {...framed} />)}`;

function Document({ title, body, visitor: whoever, path, state, siteName, leadsTo }: Framed) {
  const visitor = siteName === undefined ? whoever : null;
  const name = siteName ?? visitor?.account?.name ?? 'Perennial';
  const content = leadsTo === undefined ? body : <LeadsTo title={title} to={leadsTo} />;
  const isAdmin = visitor?.kind === 'admin';
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href={ICON} />
        <title>{`${title} · ${name}`}</title>
        <link rel="stylesheet" href={assetAddress('pages.css')} />
        <script type="module" src={assetAddress('pages.js')} />
      </head>
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
            <SiteTop visitor={visitor} path={path} name={name} isSite={siteName !== undefined} />
            <Main state={state} site={visitor?.account ?? null}>
              {content}
            </Main>
          </>
        )}
        <div id="announcement" role="status" className="unseen" />
      </body>
    </html>
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

type TopProps = Pick<Framed, 'visitor' | 'path'> & { name: string; isSite: boolean };

/** The head of a site's own pages, for customers and strangers. */
const SiteTop = ({ visitor, path, name, isSite }: TopProps) => (
  <header className="site-top">
    <div>
      <a className="site-name" href={isSite ? '/login' : homeOf(visitor)}>
        <span className="sign" aria-hidden="true">
          {[...name][0]}
        </span>
        <bdi>{name}</bdi>
      </a>
      {visitor ? <LoggedIn {...visitor} /> : null}
      {visitor ? (
        <nav className="views" aria-label="Main">
          {CUSTOMER_PLACES.map(({ href, label }) => (
            <a key={href} href={href} aria-current={isAt(path, href) ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
      ) : null}
    </div>
  </header>
);

const homeOf = (visitor: Visitor | null): string => (visitor?.kind === 'customer' ? '/library' : '/');

const LoggedIn = ({ email }: Visitor) => (
  <form className="logged-in" method="post" action="/logout">
    <span className="quiet">{email}</span>
    <button>Log out</button>
  </form>
);
