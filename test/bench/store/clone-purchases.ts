import type { Shop } from '../../ground/shop.ts';

/** A real purchase, and how many of a hundred are to be like it. */
export type Template = { purchaseId: string; share: number };

type Wish = { templates: readonly Template[]; count: number };

/**
 * Makes so many purchases in an account, each with a contact of its own and everything that belongs
 * to it (products, payments, refunds, timeline, ends of the inbox, emails), as copies of real ones
 * spread over time and people. Workflows they have none: all that is read comes from Postgres.
 */
export async function clonePurchases({ sql, accountId }: Pick<Shop, 'sql' | 'accountId'>, wish: Wish): Promise<void> {
  const templates = wish.templates.flatMap(({ purchaseId, share }) => Array<string>(share).fill(purchaseId));
  await sql('drop table if exists clones');
  await sql(
    `create unlogged table clones as
     select n, t.template, p.contact_id as old_contact, uuidv7() as purchase_id, uuidv7() as contact_id
     from generate_series(1, ?::int) n
     join unnest(?::uuid[]) with ordinality t(template, place) on t.place = 1 + (n * 37) % ?::int
     join purchases p on p.id = t.template`,
    [wish.count, `{${templates.join(',')}}`, templates.length],
  );
  for (const statement of [CONTACTS, PURCHASES, PRODUCTS, PAYMENTS, REFUNDS, TIMELINE, INBOX, EMAILS]) {
    await sql(statement, statement === CONTACTS ? [accountId] : []);
  }
  await sql('drop table clones');
  await sql('vacuum (analyze)');
}

const NAMES = (names: string) => `(string_to_array('${names}', ' '))`;
const FIRST = NAMES(
  'Ada Grace Linus Émile Jürgen Margaret Barbara Alan Edsger Hedy Karen Radia Donald Frances Joan Mary Ken Dennis Sophie Shafi',
);
const LAST = NAMES(
  'Lovelace Hopper Torvalds Borel Habermas Hamilton Liskov Turing Dijkstra Lamarr Jones Perlman Knuth Allen Clarke Shaw Thompson Ritchie Wilson Goldwasser Čech Nguyen Okafor',
);

const CONTACTS = `
  insert into contacts (id, account_id, email, name, customer_since, marketing_status, password_hash, created_at)
  select contact_id, ?, lower(first) || '.' || n || '@' || (array['example.com', 'mail.test', 'studio.example'])[1 + n % 3],
    first || ' ' || last, case when n % 10 < 9 then at end, (array['subscribed', 'never_subscribed', 'unconfirmed'])[1 + n % 3],
    repeat('h', 97), at
  from clones, lateral (select (${FIRST})[1 + n % 20] as first, (${LAST})[1 + (n * 7) % 23] as last,
    now() - n * interval '11 minutes' as at) person`;

/** Stripe's ids are unique: each copy has its own. */
const RENAMED = (text: string) =>
  String.raw`regexp_replace(${text}, '"((?:in|sub|re|ch|pi)_\w+)"', '"\1_' || n || '"', 'g')`;

const PURCHASES = `
  insert into purchases (id, account_id, contact_id, offer_id, origin, started_at, epoch, revision, version, snapshot, billing_status,
    access_status, is_live, cancel_at, access_until, next_charge_at, next_due_at, next_due_kind, own_due_at, has_pending,
    needs_attention, billing_without_access, stuck_reason, stripe_subscription_id, duplicate_of, created_at, updated_at)
  select c.purchase_id, account_id, c.contact_id, offer_id, origin, now() - n * interval '11 minutes', epoch, revision,
    version, replace(replace(${RENAMED('snapshot::text')}, p.id::text, c.purchase_id::text), old_contact::text, c.contact_id::text)::jsonb,
    billing_status, access_status, is_live, cancel_at, access_until, next_charge_at + later, next_due_at + later, next_due_kind,
    own_due_at + later, has_pending, n % 100 = 7, billing_without_access, stuck_reason, stripe_subscription_id || '_' || n,
    duplicate_of, created_at, updated_at
  from clones c join purchases p on p.id = c.template, lateral (select (n * 7919 % 43200) * interval '1 minute' as later) l`;

const PRODUCTS = `
  insert into purchase_products (purchase_id, product_id, account_id, contact_id, open, starts_at, until)
  select c.purchase_id, product_id, account_id, c.contact_id, open, starts_at, until
  from clones c join purchase_products p on p.purchase_id = c.template`;

const PAYMENTS = `
  insert into payments (id, account_id, purchase_id, contact_id, amount_minor, currency, refunded_minor, paid_at, period_start, period_end, disputed_at)
  select id || '_' || n, account_id, c.purchase_id, c.contact_id, amount_minor, currency, refunded_minor, paid_at - n * interval '11 minutes',
    period_start, period_end, disputed_at
  from clones c join payments p on p.purchase_id = c.template`;

const REFUNDS = `
  insert into refunds (id, account_id, purchase_id, payment_id, amount_minor, currency, status, command_id, created_at)
  select id || '_' || n, account_id, c.purchase_id, payment_id || '_' || n, amount_minor, currency, status, command_id, created_at
  from clones c join refunds r on r.purchase_id = c.template`;

const TIMELINE = `
  insert into timeline (id, account_id, purchase_id, revision, position, type, at, actor, command_id, data, change)
  select uuidv7(), account_id, c.purchase_id, revision, position, type, at - n * interval '11 minutes', actor, command_id, data, change
  from clones c join timeline t on t.purchase_id = c.template`;

const INBOX = `
  insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, arrived_at, state, source, external_id, link, input, actor, answer, done_at)
  select uuidv7(), account_id, subject_kind, c.purchase_id, class, kind, at - n * interval '11 minutes', arrived_at, state, source, external_id || '_' || n, link, input,
    actor, answer, done_at
  from clones c join inbox i on i.subject_id = c.template and i.state not in ('open', 'unmatched')`;

/** Their bodies are cut: no list reads them. */
const EMAILS = `
  insert into emails (id, account_id, kind, record_key, position, recipient_kind, recipient_id, purchase_id, revision, data, is_welcome, state, subject,
    html, text, due_at, sent_at, attempts)
  select uuidv7(), account_id, kind, replace(record_key, c.template::text, c.purchase_id::text), position, recipient_kind,
    case when recipient_id = old_contact then c.contact_id else recipient_id end, c.purchase_id, revision, data, is_welcome,
    case when state = 'queued' then 'sent' else state end, subject, left(html, 200), left(text, 100),
    due_at - n * interval '11 minutes', sent_at - n * interval '11 minutes', attempts
  from clones c join emails e on e.purchase_id = c.template and e.resend_of is null`;
