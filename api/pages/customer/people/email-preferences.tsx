import { validate as isUuid } from 'uuid';
import type { z } from 'zod';
import { emailPreferenceRoutes } from '../../../people/email-preferences.ts';
import { notFound } from '../../../http/problem.ts';
import { inSite, OF_SITE, page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';

type Preferences = z.output<(typeof emailPreferenceRoutes.readPreferences.answers)[200]>;

const TITLE = 'Your emails';

const tokenOf = ({ params }: PageCall) => ({ unsubscribeToken: params.unsubscribeToken ?? '' });
/** In which email the link was, as far as it says so; what is no id of one is left aside. */
const emailOf = ({ query: { email = '' } }: PageCall): { emailId?: string } =>
  isUuid(email) ? { emailId: email } : {};

function addressOf(call: PageCall, { site }: Preferences): string {
  const { emailId } = emailOf(call);
  const address = inSite(site, `/email-preferences/${tokenOf(call).unsubscribeToken}`);
  return emailId === undefined ? address : `${address}?email=${emailId}`;
}

/**
 * Where the link and the header of a marketing email lead. Opening it unsubscribes nobody, since
 * scanners open links too; mail programs send the form of RFC 8058, from nowhere and unread.
 */
export const unsubscribePage: Page = {
  path: '/unsubscribe/{unsubscribeToken}',
  audience: 'public',
  foreignForms: 'unread',
  async show(call) {
    const preferences = await call.api.read(emailPreferenceRoutes.readPreferences, { params: tokenOf(call) });
    return redirect(addressOf(call, preferences));
  },
  async submit(call) {
    await call.api.ask(emailPreferenceRoutes.unsubscribeByLink, { params: tokenOf(call), body: emailOf(call) });
    return page(TITLE, <Lone>You are unsubscribed.</Lone>);
  },
};

/** What somebody gets, and the button that ends it. */
export const emailPreferencesPage: Page = {
  path: `${OF_SITE}/email-preferences/{unsubscribeToken}`,
  audience: 'public',
  async show(call) {
    const preferences = await call.api.read(emailPreferenceRoutes.readPreferences, { params: tokenOf(call) });
    if (preferences.site.slug !== siteOf(call).slug) throw notFound('link to unsubscribe');
    return page(TITLE, <Shown {...preferences} />);
  },
  async submit(call, { step }) {
    if (step === 'subscribe') return askToConfirm(call);
    const answer = await call.api.ask(emailPreferenceRoutes.unsubscribeByLink, {
      params: tokenOf(call),
      body: emailOf(call),
    });
    return redirect(answer.isDone ? addressOf(call, answer.body) : inSite(siteOf(call), '/login'));
  },
};

async function askToConfirm(call: PageCall): Promise<PageAnswer> {
  const answer = await call.api.ask(emailPreferenceRoutes.subscribeByLink, { params: tokenOf(call) });
  if (!answer.isDone) return page(TITLE, <Lone>{answer.problem.detail}</Lone>, answer.status);
  return page(
    'Check your inbox',
    <section className="lone">
      <h1>Check your inbox</h1>
      <p>An email with a link is on its way. Open it and confirm: until then nothing changes.</p>
    </section>,
  );
}

const Lone = ({ children }: { children: string }) => (
  <section className="lone">
    <h1>{TITLE}</h1>
    <p>{children}</p>
  </section>
);

const Shown = ({ site, email, marketingStatus }: Preferences) => (
  <section className="lone">
    <h1>{TITLE}</h1>
    <p>
      <strong>{email}</strong> {STANDING_WORDS[marketingStatus](site.name)}
    </p>
    <form method="post" className="actions">
      {marketingStatus === 'unsubscribed' ? null : (
        <button className="primary" name="_step" value="unsubscribe">
          Unsubscribe
        </button>
      )}
      {marketingStatus === 'subscribed' ? null : (
        <button name="_step" value="subscribe">
          {marketingStatus === 'unsubscribed' ? 'Subscribe again' : 'Subscribe'}
        </button>
      )}
    </form>
    <p className="quiet">
      Emails about what you have bought or asked for, such as receipts and links to log in, are sent in any case.
    </p>
  </section>
);

const STANDING_WORDS = {
  subscribed: (name) => `gets news from ${name}.`,
  never_subscribed: (name) => `gets no news from ${name}, since nobody has subscribed with it.`,
  unconfirmed: (name) => `gets no news from ${name} until it is confirmed by the link that was mailed.`,
  unsubscribed: (name) => `is unsubscribed: it gets no more news from ${name}.`,
} satisfies Record<Preferences['marketingStatus'], (name: string) => string>;
