import type { ReactNode } from 'react';
import { page, type Page } from '../../page.ts';

const TITLE = 'I can’t sign in';

/** What an admin who cannot sign in goes through, one by one [R15.2]. */
export const signInHelpPage: Page = {
  path: '/sign-in/help',
  audience: 'public',
  show: async ({ publicUrl }) => page(TITLE, <Help address={`${publicUrl}/sign-in`} />),
};

const Help = ({ address }: { address: string }) => (
  <section className="lone">
    <h1>{TITLE}</h1>
    <p>One of these is mostly the reason. Go through them from the top.</p>
    <ol className="checks">
      {checks(address).map(([what, say]) => (
        <li key={what}>
          <strong>{what}</strong> {say}
        </li>
      ))}
    </ol>
    <p>
      <a className="btn" href="/sign-in">
        Back to signing in
      </a>
    </p>
  </section>
);

const checks = (address: string): [string, ReactNode][] => [
  [
    'Is this the right page?',
    <>
      Those who run a site sign in at <bdi>{address}</bdi>. What you bought at a site, you see at that site’s own login.
    </>,
  ],
  [
    'Is it the right email?',
    'Use the address to which your invitation went. An owner or administrator of your account sees it under Team.',
  ],
  [
    'Have you confirmed the address?',
    <>
      Until then there is no password. The link works for 24 hours: <a href="/sign-up/link">have it sent again</a>.
    </>,
  ],
  [
    'Is the account suspended, or are you no longer in its team?',
    'Signing in says so if the account is suspended or closed: its owner then writes to support. Whoever was removed from a team is invited anew by its owner.',
  ],
  [
    'Is it the right password?',
    <>
      After five wrong ones in a row you wait for five minutes. <a href="/sign-in/forgotten">Choose another one</a> by a
      link that we email you.
    </>,
  ],
  [
    'Is the code of your second factor refused?',
    'Each works once; wait for the next one, and see that the time of your phone is set by itself. A recovery code does as well. If all is lost, the owner of your account takes the second factor away under Team, and support does so for an owner.',
  ],
];
