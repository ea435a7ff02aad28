import type { ReactNode } from 'react';
import { isAt, mostUsed, navigationOf, type Place } from './navigation.ts';
import type { Site, Visitor } from './page.ts';
import { Icon } from './parts/icon.tsx';
import { When } from './parts/when.tsx';

type Around = { visitor: Visitor; path: string };

/** What stands around every page of an admin: where one is, what time it is, who one is. */
export function Shell({ visitor, path, children }: Around & { children: ReactNode }) {
  const groups = navigationOf(visitor);
  const most = mostUsed(groups);
  return (
    <div className="shell">
      <Side visitor={visitor} path={path} />
      <header className="top">
        {visitor.account ? <Search /> : <span className="search" />}
        {visitor.account?.mode === 'test' ? <TestClock site={visitor.account} /> : null}
        {visitor.isVisiting ? <Leave /> : null}
        <SignedIn {...visitor} />
      </header>
      {children}
      {groups.length === 0 ? null : (
        <nav className="bar" aria-label="Most used">
          {most.map((place) => (
            <PlaceLink key={place.href} place={place} path={path} />
          ))}
          <a href="#nav" aria-current={most.some((place) => isAt(path, place)) ? undefined : 'true'}>
            <Icon name="more" /> More
          </a>
        </nav>
      )}
    </div>
  );
}

/** For an operator who acts in somebody's account, so that they do not forget it. */
const Leave = () => (
  <form method="post" action="/leave-account">
    <button className="tiny danger">Leave this account</button>
  </form>
);

const Side = ({ visitor, path }: Around) => (
  <nav className="side" id="nav" aria-label="Main" tabIndex={-1}>
    <Account {...visitor} />
    <a className="close" href="#main">
      Close
    </a>
    {navigationOf(visitor).map(({ label, places }, index) => (
      <div key={label}>
        {label === null ? null : <p id={`places-${index}`}>{label}</p>}
        <ul aria-labelledby={label === null ? undefined : `places-${index}`}>
          {places.map((place) => (
            <li key={place.href}>
              <PlaceLink place={place} path={path} />
            </li>
          ))}
        </ul>
      </div>
    ))}
  </nav>
);

const PlaceLink = ({ place, path }: { place: Place; path: string }) => (
  <a href={place.href} title={place.label} aria-current={isAt(path, place) ? 'page' : undefined}>
    <Icon name={place.icon} /> {place.label}
  </a>
);

/** Whose account it is; an operator comes from here to the choice of another. */
function Account({ role, account }: Visitor) {
  const name = account?.name ?? 'Perennial';
  const isOperator = role === 'operator';
  return (
    <>
      <a className="account" href="/" title={name}>
        <span className="sign" aria-hidden="true">
          {[...name][0]}
        </span>{' '}
        <bdi>{name}</bdi>
      </a>
      {isOperator ? <PlaceLink place={{ href: '/accounts', label: 'Accounts', icon: 'accounts' }} path="" /> : null}
    </>
  );
}

/** Without a script it leads to the page of what was found, which a script shows below it. */
const Search = () => (
  <form className="search" role="search" action="/search">
    <label className="unseen" htmlFor="search">
      Search
    </label>
    <Icon name="search" />
    <input id="search" name="q" type="search" placeholder="Search" maxLength={200} autoComplete="off" />
    <kbd aria-hidden="true">/</kbd>
    <div id="search-found" hidden />
  </form>
);

const TestClock = ({ site }: { site: Site }) => (
  <a id="test-mode" className="badge warn" href="/test-clock">
    <span className="long">Test clock</span> <When at={site.now} site={site} />
    {site.isClockMoving ? ' · moving' : ''}
  </a>
);

const SignedIn = ({ email, role, isVisiting }: Visitor) => (
  <details className="menu">
    <summary>
      <span className="sign round" aria-hidden="true">
        {email.slice(0, 2).toUpperCase()}
      </span>
      <span className="long">{email.split('@')[0]}</span>
      <span className="unseen">Your account</span>
    </summary>
    <ul>
      <li>
        {email}
        <br />
        <small className="quiet">{role}</small>
      </li>
      {isVisiting ? null : (
        <li>
          <a href="/security">Your sign-in</a>
        </li>
      )}
      <li>
        <form method="post" action="/sign-out">
          <button>Sign out</button>
        </form>
      </li>
    </ul>
  </details>
);
