import { Migration } from '@mikro-orm/migrations';

/** Accounts, people, offers, purchases with their timeline and money, the inbox, emails. Business instants are passed in; `now()` only stamps arrivals. */
export class Lifecycle extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }
}

/** Trigrams find parts of words; both extensions are trusted, so the database's owner may create them. */
const EXTENSIONS = `
  create extension if not exists pg_trgm;
  create extension if not exists btree_gin;
`;

const PEOPLE = `
  create table accounts (
    id uuid primary key, name text not null, mode text not null check (mode in ('live', 'test')),
    time_zone text not null, support_email text not null, stripe_account text, settings jsonb not null,
    clock_at timestamptz, clock_step timestamptz, clock_target timestamptz, created_at timestamptz not null,
    check (mode = 'test' or clock_at is null)
  );
  create table admins (
    id uuid primary key, account_id uuid references accounts, email text not null, role text not null,
    password_hash text, confirmed_at timestamptz, created_at timestamptz not null
  );
  create unique index admins_email on admins (coalesce(account_id, '00000000-0000-0000-0000-000000000000'), email);
  create table api_keys (
    id uuid primary key, account_id uuid references accounts, role text not null, name text not null,
    key_hash text not null unique, created_at timestamptz not null, revoked_at timestamptz
  );
  create table contacts (
    id uuid primary key, account_id uuid not null references accounts, email text not null, name text,
    customer_since timestamptz, marketing_status text not null default 'never_subscribed',
    unsubscribed_reason text check (unsubscribed_reason in ('manual', 'opted_out', 'hard_bounce', 'complaint')), password_hash text,
    stripe_customer_id text, stripe_clock_id text, created_at timestamptz not null,
    search text not null generated always as (lower(email || E'\\n' || coalesce(name, ''))) stored,
    unique (account_id, email) include (id), check ((marketing_status = 'unsubscribed') = (unsubscribed_reason is not null))
  );
  create unique index contacts_stripe_customer on contacts (stripe_customer_id) where stripe_customer_id is not null;
  create index contacts_list on contacts (account_id, created_at desc, id desc)
    include (search, customer_since, marketing_status);
  create index contacts_customers on contacts (account_id, created_at desc, id desc) include (search)
    where customer_since is not null;
  create index contacts_customer_since on contacts (account_id, customer_since) where customer_since is not null;
  create index contacts_subscribed on contacts (account_id, created_at desc, id desc) include (search)
    where marketing_status = 'subscribed';
  create index contacts_search on contacts using gin (account_id, search gin_trgm_ops);
  create table login_tokens (
    token_hash text primary key, account_id uuid not null references accounts, contact_id uuid not null references contacts,
    kind text not null check (kind in ('set_password', 'login')), expires_at timestamptz not null, used_at timestamptz
  );
`;

const OFFERS = `
  create table products (
    id uuid primary key, account_id uuid not null references accounts, name text not null,
    archived_at timestamptz, created_at timestamptz not null
  );
  create index products_list on products (account_id, created_at desc, id desc);
  create table offers (
    id uuid primary key, account_id uuid not null references accounts, name text not null, price jsonb not null,
    product_ids uuid[] not null, refund_window_days int not null, access_days int, access_starts_at timestamptz,
    emails_off text[] not null, stripe_product_id text, stripe_price_id text, stripe_fee_price_id text,
    archived_at timestamptz, created_at timestamptz not null
  );
  create index offers_list on offers (account_id, created_at desc, id desc);
`;

/** Whatever a list of purchases filters or sorts by, so that any combination is answered from one narrow index and not from the wide rows. */
const FILTERS = `include (billing_status, access_status, offer_id, contact_id, needs_attention, billing_without_access,
    cancel_at, next_due_at, next_charge_at)`;

const PURCHASES = `
  create table purchases (
    id uuid primary key, account_id uuid not null references accounts, contact_id uuid not null references contacts,
    offer_id uuid not null references offers, origin text not null, born_at timestamptz,
    epoch int not null default 0, revision int not null default 0, version int not null default 0,
    snapshot jsonb not null, billing_status text not null, access_status text not null, is_live boolean not null default false,
    cancel_at timestamptz, access_until timestamptz, next_charge_at timestamptz, next_due_at timestamptz, next_due_kind text,
    own_due_at timestamptz, has_pending boolean not null default false, needs_attention boolean not null default false,
    billing_without_access boolean not null default false, stuck_reason text, stripe_subscription_id text, duplicate_of uuid, created_at timestamptz not null, updated_at timestamptz not null
  );
  create index purchases_list on purchases (account_id, born_at desc, id desc) ${FILTERS} where born_at is not null;
  create index purchases_next_due on purchases (account_id, (coalesce(next_due_at, 'infinity'::timestamptz)), id)
    ${FILTERS} where born_at is not null;
  create index purchases_next_charge on purchases (account_id, (coalesce(next_charge_at, 'infinity'::timestamptz)), id)
    ${FILTERS} where born_at is not null;
  create index purchases_by_contact on purchases (contact_id, born_at desc, id desc) include (account_id);
  create index purchases_by_status on purchases (account_id, billing_status, born_at desc, id desc) where born_at is not null;
  create index purchases_by_access on purchases (account_id, access_status, born_at desc, id desc) where born_at is not null;
  create index purchases_by_offer on purchases (account_id, offer_id, born_at desc, id desc) include (is_live, access_status)
    where born_at is not null;
  create index purchases_attention on purchases (account_id, born_at desc, id desc) where needs_attention;
  create index purchases_pending on purchases (account_id) where has_pending;
  create index purchases_warned on purchases (account_id, born_at desc, id desc) where billing_without_access;
  create index purchases_canceling on purchases (account_id, born_at desc, id desc) where cancel_at is not null;
  create index purchases_due on purchases (account_id, next_due_at) where next_due_at is not null;
  create index purchases_own_due on purchases (account_id, own_due_at) where own_due_at is not null;
  create unique index purchases_one_live on purchases (contact_id, offer_id)
    where is_live and duplicate_of is null and origin = 'bought';
  create unique index purchases_subscription on purchases (stripe_subscription_id) where stripe_subscription_id is not null;
  create table purchase_products (
    purchase_id uuid not null references purchases, product_id uuid not null references products,
    account_id uuid not null, contact_id uuid not null, open boolean not null, starts_at timestamptz, until timestamptz,
    blocks jsonb not null, primary key (purchase_id, product_id)
  );
  create index purchase_products_by_contact on purchase_products (account_id, contact_id, product_id);
  create index purchase_products_by_product on purchase_products (account_id, product_id) include (purchase_id, open);
  create table payments (
    id text not null, account_id uuid not null, purchase_id uuid not null references purchases,
    contact_id uuid not null, amount_minor bigint not null, currency text not null, refunded_minor bigint not null,
    paid_at timestamptz not null, period_start timestamptz, period_end timestamptz, disputed_at timestamptz,
    primary key (account_id, id)
  );
  create index payments_by_purchase on payments (purchase_id, paid_at);
  create index payments_list on payments (account_id, paid_at desc, id desc);
  create index payments_by_contact on payments (account_id, contact_id, paid_at desc, id desc);
  create table refunds (
    id text not null, account_id uuid not null, purchase_id uuid not null references purchases, payment_id text not null,
    amount_minor bigint not null check (amount_minor < 0), currency text not null, status text not null,
    command_id uuid, created_at timestamptz not null, primary key (account_id, id)
  );
  create index refunds_by_purchase on refunds (purchase_id, created_at);
  create index refunds_by_payment on refunds (account_id, payment_id, created_at);
  create index refunds_list on refunds (account_id, created_at);
  create index refunds_unsettled on refunds (account_id, status) where status <> 'succeeded';
  create table timeline (
    id uuid primary key, account_id uuid not null, purchase_id uuid not null references purchases, revision int not null,
    position int not null, type text not null, at timestamptz not null, actor jsonb not null, command_id uuid,
    data jsonb not null, change jsonb, unique (purchase_id, revision, position)
  );
  create index timeline_list on timeline (account_id, at, id);
  create index timeline_cancellations on timeline (account_id, at)
    where type in ('purchase.canceled', 'purchase.cancellation-scheduled');
  create table checkouts (
    id uuid primary key, account_id uuid not null references accounts, contact_id uuid not null references contacts,
    offer_id uuid not null references offers, purchase_id uuid not null, stripe_session_id text, url text,
    state text not null check (state in ('open', 'completed', 'expired')), expires_at timestamptz, created_at timestamptz not null
  );
  create unique index checkouts_one_open on checkouts (contact_id, offer_id) where state = 'open';
  create index checkouts_by_purchase on checkouts (purchase_id);
  create unique index checkouts_session on checkouts (stripe_session_id) where stripe_session_id is not null;
`;

const INBOX = `
  create table inbox (
    id uuid primary key, account_id uuid references accounts, subject_kind text, subject_id uuid,
    seq bigint generated always as identity, class text not null check (class in ('command', 'fact')), kind text not null,
    at timestamptz not null, arrived_at timestamptz not null default now(),
    state text not null default 'open' check (state in ('open', 'unmatched', 'applied', 'refused', 'failed', 'no_change', 'dead')),
    pokes int not null default 0, poke_at timestamptz not null default now() + interval '1 minute',
    source text, external_id text, link text,
    input jsonb, actor jsonb, plan_hash text, expected_version int, answer jsonb, done_at timestamptz
  );
  create unique index inbox_external on inbox (source, external_id) where external_id is not null;
  create index inbox_open_subject on inbox (subject_id, seq) where state = 'open';
  create index inbox_open_poke on inbox (poke_at) where state in ('open', 'unmatched');
  create index inbox_by_subject on inbox (subject_id, seq);
  create index inbox_list on inbox (account_id, class, at desc, id desc) include (state, kind);
  create index inbox_open_account on inbox (account_id) where state in ('open', 'unmatched');
  create index inbox_trouble on inbox (account_id, class, state) where state in ('unmatched', 'refused', 'failed', 'dead');
  create table inbox_bodies (
    inbox_id uuid not null, arrived_at timestamptz not null default now(), body bytea not null, primary key (inbox_id, arrived_at)
  ) partition by range (arrived_at);
  create table inbox_bodies_default partition of inbox_bodies default;
  create table command_texts (
    command_id uuid primary key, account_id uuid not null, reason text, feedback text, stripe_message text
  );
  create table idempotent_requests (
    account_id uuid not null, key text not null, request_hash text not null, command_id uuid,
    status int, body jsonb, created_at timestamptz not null default now(), primary key (account_id, key)
  );
  create table event_cursors (source text primary key, last_event_id text, read_at timestamptz not null);
`;

const EMAILS = `
  create table emails (
    id uuid primary key, account_id uuid not null references accounts, kind text not null, record_key text not null,
    position int not null, recipient_kind text not null check (recipient_kind in ('contact', 'admin')), recipient_id uuid not null,
    purchase_id uuid references purchases, timeline_id uuid, data jsonb not null, is_welcome boolean not null,
    state text not null default 'queued'
      check (state in ('queued', 'sent', 'delivered', 'bounced', 'complained', 'suppressed', 'failed', 'unknown')),
    reason text, subject text, html text, text text, provider_id text, due_at timestamptz not null,
    first_tried_at timestamptz, sent_at timestamptz, attempts int not null default 0, resend_of uuid,
    poke_at timestamptz not null default now() + interval '1 minute', pokes int not null default 0,
    unique (account_id, kind, record_key, recipient_id)
  );
  create index emails_queued on emails (poke_at) where state = 'queued';
  create index emails_queued_account on emails (account_id) where state = 'queued';
  create index emails_list on emails (account_id, due_at desc, id desc);
  create index emails_sent on emails (account_id, sent_at) where sent_at is not null;
  create index emails_by_kind on emails (account_id, kind, due_at desc, id desc);
  create index emails_by_state on emails (account_id, state, due_at desc, id desc);
  create index emails_by_purchase on emails (purchase_id, due_at desc, id desc);
  create index emails_by_recipient on emails (account_id, recipient_id, due_at desc, id desc);
  create unique index emails_provider on emails (provider_id) where provider_id is not null;
`;

const STATEMENTS = [EXTENSIONS, PEOPLE, OFFERS, PURCHASES, INBOX, EMAILS];
