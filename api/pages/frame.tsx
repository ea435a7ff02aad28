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
  /** What the page depends on: the script asks for it, and shows the page anew when it has become another. */
  state?: string;
  /** Another site's address to which this page leads by itself. */
  leadsTo?: string;
};

/** A whole page as HTML. React escapes every text in it. */
export const renderPage = (framed: Framed): string =>
  `<!doctype html>${renderToStaticMarkup(<Document {...framed} />)}`;

function Document({ title, body, visitor, path, state, leadsTo }: Framed) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${visitor?.account?.name ?? 'Perennial'}`}</title>
        <link rel="stylesheet" href={assetAddress('pico.css')} />
        <link rel="stylesheet" href={assetAddress('pages.css')} />
        <script type="module" src={assetAddress('pages.js')} />
      </head>
      <body>
        <a className="skip" href="#main">
          Skip to content
        </a>
        <Header visitor={visitor} path={path} />
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
      You are being taken there. If nothing happens, <a href={to}>go on here</a>.
    </p>
  </section>
);

function Header({ visitor, path }: Pick<Framed, 'visitor' | 'path'>) {
  const places = visitor ? navigationOf(visitor) : [];
  return (
    <header className="top">
      <div className="container">
        <a className="brand" href={visitor?.kind === 'customer' ? '/library' : '/'}>
          {visitor?.account?.name ?? 'Perennial'}
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
  <a className="badge warn" href="/test-clock">
    Test account · <When at={site.now} site={site} />
    {site.isClockMoving ? ' · moving' : ''}
  </a>
);

const SignedIn = ({ visitor: { email, kind } }: { visitor: Visitor }) => (
  <form className="signed-in" method="post" action={kind === 'admin' ? '/sign-out' : '/logout'}>
    <span className="quiet">{email}</span>
    <button className="link">Sign out</button>
  </form>
);
