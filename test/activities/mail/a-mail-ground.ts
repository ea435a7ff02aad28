import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { createMailer } from '../../../activities/gateways/resend.ts';
import type { StripeGateway } from '../../../activities/gateways/stripe.ts';
import { createMailActivities } from '../../../activities/mail/mail-activities.ts';
import { createSendAtOnce } from '../../../activities/mail/send-at-once.ts';
import { createSendEmail } from '../../../activities/mail/send-email.ts';
import { scopeTo } from '../../../db/account-scope.ts';
import type { Admin } from '../../../db/entities/admin.ts';
import { toInstant } from '../../../db/instants.ts';
import { openOrm } from '../../../db/orm.ts';
import { LimitNotice } from '../../../db/entities/limit-notice.ts';
import { queueConfirmations, queueInvitation, queueLimitNotice } from '../../../db/people/login-links.ts';
import { recordSecurityChange } from '../../../db/people/security-changes.ts';
import type { LimitLevel, SoftQuota } from '../../../workflows/domain/limits.ts';
import type { SecurityChangeKind } from '../../../workflows/domain/security-change.ts';
import type { OfferTerms } from '../../../workflows/domain/offer.ts';
import type { PurchaseState } from '../../../workflows/domain/purchase.ts';
import {
  aContact,
  anAccount,
  anAdmin,
  anIncompletePurchase,
  anOffer,
  aProduct,
  MONTHLY,
  T0,
} from '../../builders/rows.ts';
import { createDatabase } from '../../ground/postgres.ts';
import { aMailbox } from '../../sandbox/mailbox/a-mailbox.ts';

export { T0 };
export const PUBLIC_URL = 'https://willow.example';

const VISA = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2030 };
type ReadReceipt = StripeGateway['receiptOf'];
export const RECEIPT = { number: 'INV-0001', card: VISA };

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
  const ids = await willow(orm.em.fork());
  const sql = <T extends Row = Row>(text: string, values: unknown[] = []): Promise<T[]> =>
    orm.em.fork().execute<T[]>(text, values);

  return {
    orm,
    mailbox,
    clock,
    ids,
    sql,
    activities(timeoutMs = 2_000, receiptOf: ReadReceipt = () => Promise.resolve(RECEIPT)) {
      const send = createSendEmail({
        orm,
        mailer: createMailer({ apiKey: 're_sandbox', baseUrl: mailbox.url, timeoutMs }),
        stripe: { receiptOf, readMethod: () => Promise.resolve(null) },
        publicUrl: `${PUBLIC_URL}/`,
        secretKey: 'a key of tests, which has 32 letters',
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
/** Its name is hard to escape, and its zone is not that of the instants. */
async function willow(em: EntityManager) {
  const { accountId, ownerId } = await anAccount(em, {
    name: 'Willow & Wheel',
    timeZone: 'America/Los_Angeles',
    ownerEmail: 'olga@willow.example',
  });
  const contact = await aContact(em, accountId, { email: 'ada@example.com', name: 'Ada Lovelace' });
  const products = [await aProduct(em, accountId, 'Course 1'), await aProduct(em, accountId, 'Course 2')];
  return { account: accountId, owner: ownerId, contact, products };
}

/** Of somebody who is not an admin yet, or of the owner; the id of its email. */
export async function anInvitation(
  { orm, ids }: MailGround,
  given: Pick<Admin, 'role' | 'invitedBy'>,
): Promise<string> {
  const em = scopeTo(orm.em.fork(), ids.account);
  const nobody = { accountId: ids.account, email: `${given.role}@willow.example`, confirmedAt: null };
  const adminId = given.role === 'owner' ? ids.owner : await anAdmin(em, { ...nobody, ...given });
  return (await queueInvitation(em, adminId, T0)) ?? 'none';
}

/** The owner is told of a limit that was crossed. */
export async function aLimitNotice({ orm, ids }: MailGround, quota: SoftQuota, level: LimitLevel): Promise<string> {
  const em = orm.em.fork();
  const [id, counts] = [uuid(), { quota, level, used: 900, limit: 1000 }];
  const row = { id, accountId: ids.account, quota, level, used: 900, quotaLimit: 1000, createdAt: T0 };
  await em.insert(LimitNotice, { ...row, endedAt: null, doneAt: null, doneBy: null, note: null });
  return (await queueLimitNotice(em, id, counts, T0))[0] ?? 'none';
}

/** Of somebody who has signed up and bought a plan; the id of its email. */
export async function aConfirmation({ orm, ids, sql }: MailGround): Promise<string> {
  const em = orm.em.fork();
  const nobody = { accountId: ids.account, email: 'rosa@willow.example', role: 'support', confirmedAt: null } as const;
  await anAdmin(em, nobody);
  const [id = 'none'] = await queueConfirmations(em, nobody.email, T0);
  await sql(`update emails set data = '{"offerName": "Basic, monthly"}' where id = ?`, [id]);
  return id;
}

/** Of an admin who is no owner; a passkey has a name, a reset a reason and who did it. */
export async function aSecurityChange({ orm, ids, sql }: MailGround, kind: SecurityChangeKind): Promise<string> {
  const em = orm.em.fork();
  const email = `sam-${uuid()}@willow.example`;
  const id = await anAdmin(em, { accountId: ids.account, email, role: 'support' });
  const byOwner = { reason: 'The phone is lost', actor: { kind: 'admin', id: ids.owner } as const };
  const changed = { admin: { id, accountId: ids.account }, kind, ...(kind === 'second_factor_reset' && byOwner) };
  const passkeyName = kind.startsWith('passkey') ? 'Phone' : null;
  const emailId = (await recordSecurityChange(em, { ...changed, passkeyName })) ?? 'none';
  await sql('update emails set due_at = ? where id = ?', [T0, emailId]);
  return emailId;
}

/** A purchase that has not begun; of an offer of its own, since one can be live but once. */
export async function aSale(
  { ids, orm }: MailGround,
  { origin = 'bought', terms = {} }: { origin?: PurchaseState['origin']; terms?: Partial<OfferTerms> } = {},
): Promise<PurchaseState> {
  const em = orm.em.fork();
  const sold = { name: 'Studio Membership', price: PRICE, productIds: ids.products, ...terms };
  const { offerId } = await anOffer(em, ids.account, sold);
  return anIncompletePurchase(em, { contactId: ids.contact, offerId, origin });
}

const PRICE = { ...MONTHLY, amountMinor: 4900 };
