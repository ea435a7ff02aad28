import { v7 as uuid } from 'uuid';
import { createMailer } from '../../../activities/gateways/resend.ts';
import { createMailActivities } from '../../../activities/mail/mail-activities.ts';
import { createSendAtOnce } from '../../../activities/mail/send-at-once.ts';
import { createSendEmail } from '../../../activities/mail/send-email.ts';
import { toInstant } from '../../../db/instants.ts';
import { openOrm } from '../../../db/orm.ts';
import { incompletePurchase } from '../../../workflows/domain/start-purchase.ts';
import type { OfferTerms } from '../../../workflows/domain/offer.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import { createDatabase } from '../../ground/postgres.ts';
import { aMailbox } from '../../sandbox/mailbox/a-mailbox.ts';

/** A month end on purpose. */
export const T0 = '2026-01-31T09:00:00.000Z';
export const PUBLIC_URL = 'https://willow.example';

type Row = Record<string, unknown>;
export type StoredEmail = Row & {
  id: string;
  kind: string;
  state: string;
  html: string;
  text: string;
  subject: string;
};

/**
 * Postgres, a mailbox and one account with an owner, a contact, an offer and two products;
 * `clock.real` is real time.
 */
export async function aMailGround() {
  const database = await createDatabase();
  const orm = await openOrm({ url: database.url, poolSize: 4 });
  const mailbox = await aMailbox();
  const clock = { real: T0 };
  const ids = { account: uuid(), owner: uuid(), contact: uuid(), products: [uuid(), uuid()] };
  const sql = <T extends Row = Row>(text: string, values: unknown[] = []): Promise<T[]> =>
    orm.em.fork().execute<T[]>(text, values);
  await seed(sql, ids);

  return {
    orm,
    mailbox,
    clock,
    ids,
    sql,
    activities(timeoutMs = 2_000) {
      const send = createSendEmail({
        orm,
        mailer: createMailer({ apiKey: 're_sandbox', baseUrl: mailbox.url, timeoutMs }),
        publicUrl: `${PUBLIC_URL}/`,
        mailFrom: 'Willow <mail@willow.example>',
        now: () => clock.real,
      });
      const wakes = { startMail: () => Promise.reject(new Error('a welcome email has its own workflow')) };
      return createMailActivities(orm, send, createSendAtOnce({ orm, wakes, send, perSecond: 1_000 }).tryEmail);
    },
    email: async (id: string): Promise<StoredEmail> => {
      const [row] = await sql<StoredEmail>('select * from emails where id = ?', [id]);
      if (!row) throw new Error(`no email ${id}`);
      const sentAt = row.sent_at === null ? null : toInstant(row.sent_at as string);
      return { ...row, sent_at: sentAt };
    },
    async close() {
      await mailbox.close();
      await orm.close();
      await database.drop();
    },
  };
}

export type MailGround = Awaited<ReturnType<typeof aMailGround>>;
type Sql = MailGround['sql'];

async function seed(sql: Sql, { account, owner, contact, products }: MailGround['ids']): Promise<void> {
  await sql(
    `insert into accounts (id, name, mode, time_zone, support_email, settings, created_at)
     values (?, 'Willow & Wheel', 'test', 'America/Los_Angeles', 'help@willow.example', '{}', ?)`,
    [account, T0],
  );
  await sql(
    `insert into admins (id, account_id, email, role, confirmed_at, created_at) values (?, ?, 'olga@willow.example', 'owner', ?, ?)`,
    [owner, account, T0, T0],
  );
  await sql(
    `insert into contacts (id, account_id, email, name, created_at) values (?, ?, 'ada@example.com', 'Ada Lovelace', ?)`,
    [contact, account, T0],
  );
  for (const [index, id] of products.entries())
    await sql('insert into products (id, account_id, name, created_at) values (?, ?, ?, ?)', [
      id,
      account,
      `Course ${index + 1}`,
      T0,
    ]);
}

/**
 * A purchase that has not begun yet, with its row; of an offer of its own, since one offer can be
 * live but once.
 */
export async function anIncompletePurchase(
  { ids, sql }: MailGround,
  { origin = 'bought', terms = {} }: { origin?: PurchaseState['origin']; terms?: Partial<OfferTerms> } = {},
): Promise<PurchaseState> {
  const offerId = uuid();
  await sql(
    `insert into offers (id, account_id, name, price, product_ids, refund_window_days, emails_off, created_at)
     values (?, ?, 'Studio Membership', '{}', '{}', 30, '{}', ?)`,
    [offerId, ids.account, T0],
  );
  const state = incompletePurchase({
    purchaseId: uuid(),
    accountId: ids.account,
    contactId: ids.contact,
    origin,
    terms: {
      offerId,
      productIds: ids.products,
      price: {
        kind: 'subscription',
        amountMinor: 4900,
        currency: 'usd',
        interval: 'month',
        trialDays: 0,
        setupFeeMinor: 0,
      },
      refundWindowDays: 30,
      accessDays: null,
      accessStartsAt: null,
      emailsOff: [],
      ...terms,
    },
  });
  await sql(
    `insert into purchases (id, account_id, contact_id, offer_id, origin, snapshot, billing_status, access_status, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, 'none', 'none', ?, ?)`,
    [state.purchaseId, ids.account, ids.contact, offerId, origin, JSON.stringify(state), T0, T0],
  );
  return state;
}
