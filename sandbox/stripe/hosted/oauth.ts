import type { IncomingMessage, ServerResponse } from 'node:http';
import { inTransaction } from '../../sqlite.ts';
import { Books } from '../data/books.ts';
import { allowPlatform, revokePlatform, spendCode } from '../data/connected-accounts.ts';
import { accountOfKey } from '../data/ids.ts';
import { makeRestrictedKey } from '../data/restricted-keys.ts';
import type { HostedInput, HostedReply } from './hosted.ts';
import { html, page } from './html.ts';

interface Reply extends HostedReply {
  isPage?: boolean;
}

/** Stripe's page on which an account is connected to a platform, and what follows it. */
export function oauthHandler(input: HostedInput) {
  return (request: IncomingMessage, response: ServerResponse, url: URL, body: string): void => {
    const form = new URLSearchParams(body);
    const reply = answer(input, { request, url, form });
    response.writeHead(reply.status, {
      'content-type': reply.isPage ? 'text/html; charset=utf-8' : 'application/json',
      'cache-control': 'no-store',
      ...(reply.isPage && { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" }),
      ...(reply.location && { location: reply.location }),
    });
    response.end(reply.body);
    input.onChange();
  };
}

interface Asked {
  request: IncomingMessage;
  url: URL;
  form: URLSearchParams;
}

function answer(input: HostedInput, { request, url, form }: Asked): Reply {
  if (url.pathname === '/oauth/authorize')
    return request.method === 'POST' ? decided(input, url, form) : { status: 200, body: asking(url), isPage: true };
  const key = /^Bearer (sk_test_\w+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (request.method !== 'POST' || key === undefined) return fault('invalid_client', 401);
  const platform = accountOfKey(key);
  return url.pathname === '/oauth/token' ? token(input, platform, form) : deauthorize(input, platform, form);
}

const fault = (error: string, status = 400): Reply => ({
  status,
  body: JSON.stringify({ error, error_description: `The sandbox refuses: ${error}.` }),
});

const asking = (url: URL): string =>
  page(
    'Connect your account',
    html`<section>
      <h1>Connect your account</h1>
      <p>The platform ${url.searchParams.get('client_id')} wants to act for your Stripe account.</p>
      <form method="post" action="${url.pathname}${url.search}">
        <label for="account">Your account</label><input id="account" name="account" placeholder="blank: a new one" />
        <button name="decision" value="allow">Connect my Stripe account</button>
        <button class="quiet" name="decision" value="deny">Cancel</button>
      </form>
    </section>`,
  );

function decided({ contextOf }: HostedInput, url: URL, form: URLSearchParams): Reply {
  const back = URL.parse(url.searchParams.get('redirect_uri') ?? '');
  if (!back) return fault('invalid_request');
  back.searchParams.set('state', url.searchParams.get('state') ?? '');
  const account = /^acct_\w+$/.exec(form.get('account') ?? '')?.[0];
  if (form.get('decision') === 'allow') {
    back.searchParams.set('scope', 'read_write');
    back.searchParams.set('code', allowPlatform(contextOf('').database, account));
  } else {
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('error_description', 'The user denied your request');
  }
  return { status: 303, body: '', location: back.toString(), isPage: true };
}

function token({ contextOf }: HostedInput, platform: string, form: URLSearchParams): Reply {
  const { database } = contextOf('');
  const account = spendCode(database, form.get('code') ?? '', platform);
  if (account === null) return fault('invalid_grant');
  const access = makeRestrictedKey(database, { account: `${platform}/${account}`, permissions: null });
  const given = { access_token: access, livemode: false, scope: 'read_write', token_type: 'bearer' };
  return { status: 200, body: JSON.stringify({ ...given, stripe_user_id: account }) };
}

function deauthorize({ contextOf }: HostedInput, platform: string, form: URLSearchParams): Reply {
  const account = form.get('stripe_user_id') ?? '';
  if (!revokeAccess(contextOf, `${platform}/${account}`)) return fault('invalid_client', 401);
  return { status: 200, body: JSON.stringify({ stripe_user_id: account }) };
}

/** Takes access back, of which the platform is told. False where there is none. */
function revokeAccess(contextOf: HostedInput['contextOf'], account: string): boolean {
  const context = contextOf(account);
  return inTransaction(context.database, () => {
    if (!revokePlatform(context.database, account)) return false;
    const application = { id: 'ca_sandbox', object: 'application', name: 'The platform' };
    new Books(context).emit('account.application.deauthorized', application as never, context.now());
    return true;
  });
}
