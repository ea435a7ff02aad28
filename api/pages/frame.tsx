import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { assetAddress } from './assets.ts';
import { navigationOf } from './navigation.ts';
import type { Site, Visitor } from './page.ts';
import { When } from './parts/when.tsx';

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
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href={ICON} />
        <title>{`${title} · ${name}`}</title>
        <link rel="stylesheet" href={assetAddress('pico.css')} />
        <link rel="stylesheet" href={assetAddress('pages.css')} />
        <script type="module" src={assetAddress('pages.js')} />
      </head>
      <body>
        <a className="skip" href="#main">
          Skip to content
        </a>
        <Header visitor={visitor} path={path} name={name} home={siteName === undefined ? homeOf(visitor) : '/login'} />
        <main id="main" className="container" data-state={state}>
          {leadsTo === undefined ? body : <LeadsTo title={title} to={leadsTo} />}
        </main>
        <div id="announcement" role="status" className="unseen" />
      </body>
    </html>
  );
}

const LeadsTo = ({ title, to }: { title: string; to: string }) => (
  <section className="lone">
    <h1>{title}</h1>
    <p>
      You are being taken there. If nothing happens, <a href={to}>continue here</a>.
    </p>
  </section>
);

const homeOf = (visitor: Visitor | null): string => (visitor?.kind === 'customer' ? '/library' : '/');

type HeaderProps = Pick<Framed, 'visitor' | 'path'> & { name: string; home: string };

function Header({ visitor, path, name, home }: HeaderProps) {
  const places = visitor ? navigationOf(visitor) : [];
  return (
    <header className="top">
      <div className="container">
        <a className="brand" href={home}>
          {name}
        </a>
        {visitor?.account?.mode === 'test' && visitor.kind === 'admin' ? <TestMode site={visitor.account} /> : null}
        {visitor ? <SignedIn visitor={visitor} /> : null}
      </div>
      {places.length > 0 ? (
        <nav className="places container" aria-label="Main">
          {places.map(({ href, label }) => (
            <a key={href} href={href} aria-current={isAt(path, href) ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
      ) : null}
    </header>
  );
}

const isAt = (path: string, href: string): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);

const TestMode = ({ site }: { site: Site }) => (
  <a id="test-mode" className="badge warn" href="/test-clock">
    Test account · <When at={site.now} site={site} />
    {site.isClockMoving ? ' · moving' : ''}
  </a>
);

const SignedIn = ({ visitor: { email, kind } }: { visitor: Visitor }) => (
  <form className="signed-in" method="post" action={kind === 'admin' ? '/sign-out' : '/logout'}>
    <span className="quiet">{email}</span>
    <button className="link">{kind === 'admin' ? 'Sign out' : 'Log out'}</button>
  </form>
);
