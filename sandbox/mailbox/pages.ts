import express from 'express';
import type { Request, Response, Router } from 'express';
import type { Attachment, StoredEmail } from './email.ts';
import { html } from './html.ts';
import type { Markup } from './html.ts';
import type { MailboxStore } from './store.ts';
import { STYLE } from './style.ts';

const PAGE_SIZE = 50;
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
// An email may style itself and open its links in a new tab; it may not run code or fetch anything.
const EMAIL_SANDBOX = 'allow-popups allow-popups-to-escape-sandbox';
const EMAIL_POLICY = `sandbox ${EMAIL_SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'`;

/** The mailbox for people: a list, and each email as it would look. */
export function mailboxPages(store: MailboxStore): Router {
  const router = express.Router();
  router.get('/', (req, res) => {
    const containing = textOf(req.query['to']);
    const beforeSeq = Number(textOf(req.query['before'])) || Number.MAX_SAFE_INTEGER;
    const emails = store.search({ containing, beforeSeq, limit: PAGE_SIZE });
    sendPage(res, 'Mailbox', listPage(emails, containing));
  });
  router.get('/emails/:id/view', (req: Request<{ id: string }>, res) => {
    const email = store.find(req.params.id);
    if (!email) return sendPage(res.status(404), 'No such email', html`<p>There is no such email.</p>`);
    sendPage(res, email.subject, emailPage(email, textOf(req.query['width']) === 'phone'));
  });
  router.get('/emails/:id/html', (req: Request<{ id: string }>, res) => {
    const body = store.find(req.params.id)?.html;
    res.set('content-security-policy', EMAIL_POLICY).set('x-content-type-options', 'nosniff');
    res
      .set('referrer-policy', 'no-referrer')
      .status(body ? 200 : 404)
      .type('html')
      .send(body ?? '');
  });
  router.get('/_mailbox/style.css', (_req, res) => void res.type('css').send(STYLE));
  return router;
}

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : '';
}

function sendPage(res: Response, title: string, main: Markup): void {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/_mailbox/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header><a href="/">Mailbox</a> <span class="quiet">every email of the sandbox; none leaves it</span></header>
        <main>${main}</main>
      </body>
    </html>`;
  res.set('content-security-policy', PAGE_POLICY).set('x-content-type-options', 'nosniff');
  res.set('referrer-policy', 'no-referrer').set('cache-control', 'no-store').type('html').send(page.markup);
}

function listPage(emails: (StoredEmail & { seq: number })[], containing: string): Markup {
  const last = emails.at(-1);
  const older = new URLSearchParams({ to: containing, before: String(last?.seq) });
  return html`
    <form method="get" action="/">
      <label>Address <input type="search" name="to" value="${containing}" placeholder="ada@example.com" /></label>
      <button>Search</button>
    </form>
    ${emails.length === 0 && html`<p class="empty">No email${containing && ` to ${containing}`} yet.</p>`}
    <ol>
      ${emails.map(listItem)}
    </ol>
    ${emails.length === PAGE_SIZE && html`<p><a href="/?${older.toString()}">Older</a></p>`}
  `;
}

function listItem(email: StoredEmail): Markup {
  return html`<li>
    <a href="/emails/${email.id}/view">${email.subject}</a>
    ${state(email)}
    <div class="quiet">to ${email.to.join(', ')} · ${time(email.createdAt)}</div>
  </li>`;
}

function state(email: StoredEmail): Markup {
  const name = (email.events.at(-1) ?? '').replace('email.', '');
  return html`<span class="state ${name}">${name}</span>`;
}

function time(at: string): Markup {
  return html`<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

const attachment = ({ filename, content }: Attachment): Markup =>
  html`<h2>${filename}</h2>
    <pre>${Buffer.from(content, 'base64').toString('utf8')}</pre>`;

function emailPage(email: StoredEmail, isPhone: boolean): Markup {
  const view = `/emails/${email.id}/view`;
  const row = (name: string, value: string | Markup) =>
    html`<tr>
      <th scope="row">${name}</th>
      <td>${value}</td>
    </tr>`;
  return html`
    <h1>${email.subject}</h1>
    <p class="quiet">to ${email.to.join(', ')} · ${time(email.createdAt)} ${state(email)}</p>
    <nav aria-label="Width">
      <a href="${view}" ${!isPhone && html`aria-current="true"`}>Desktop</a>
      <a href="${view}?width=phone" ${isPhone && html`aria-current="true"`}>Phone</a>
    </nav>
    ${
      email.html !== null &&
      html`<iframe
        class="${isPhone ? 'phone' : 'desktop'}"
        title="The email"
        sandbox="${EMAIL_SANDBOX}"
        src="/emails/${email.id}/html"
      ></iframe>`
    }
    <h2>Plain text</h2>
    <pre>${email.text ?? 'none'}</pre>
    ${email.attachments.map(attachment)}
    <h2>Headers</h2>
    <table>
      ${row('Id', email.id)} ${row('From', email.from)} ${row('To', email.to.join(', '))}
      ${email.cc.length > 0 && row('Cc', email.cc.join(', '))}
      ${email.bcc.length > 0 && row('Bcc', email.bcc.join(', '))}
      ${email.replyTo.length > 0 && row('Reply-To', email.replyTo.join(', '))}
      ${Object.entries(email.headers).map(([name, value]) => row(name, value))}
      ${email.tags.map(({ name, value }) => row(`Tag ${name}`, value))}
      ${row('Idempotency-Key', email.idempotencyKey ?? 'none')} ${row('Events', email.events.join(', '))}
    </table>
  `;
}
