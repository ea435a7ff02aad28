import type { ExpertLink } from '../credits/expert-link.ts';
import { loginTokenHash } from '../people/login-tokens.ts';
import { scopeTo, type Scoped, type Unscoped } from '../account-scope.ts';
import { Account } from '../entities/account.ts';
import { Admin } from '../entities/admin.ts';
import { Checkout } from '../entities/checkout.ts';
import { Contact } from '../entities/contact.ts';
import { Expert } from '../entities/expert.ts';
import { Form } from '../entities/form.ts';
import { LoginToken } from '../entities/login-token.ts';
import { Offer } from '../entities/offer.ts';
import { Purchase } from '../entities/purchase.ts';
import { query, sql } from '../sql.ts';

/**
 * An account that somebody has come to by the id of something in it, and a unit of work inside it.
 */
type Entered = { em: Scoped; account: Account };

/** Whoever has an offer's address may read and buy it. */
export async function enterByOffer(em: Unscoped, offerId: string): Promise<(Entered & { offer: Offer }) | null> {
  const offer = await em.findOne(Offer, { id: offerId });
  return offer && { offer, ...(await enter(em, offer.accountId)) };
}

/** Whoever has a purchase's and an invoice's id has the email that names them. */
export async function enterByPurchase(em: Unscoped, id: string): Promise<(Entered & { purchase: Purchase }) | null> {
  const purchase = await em.findOne(Purchase, { id, startedAt: { $ne: null } });
  return purchase && { purchase, ...(await enter(em, purchase.accountId)) };
}

/** Whoever began a checkout has its token, which was checked before. */
export async function enterByCheckout(em: Unscoped, id: string): Promise<(Entered & { checkout: Checkout }) | null> {
  const checkout = await em.findOne(Checkout, { id });
  return checkout && { checkout, ...(await enter(em, checkout.accountId)) };
}

/** Whoever has an expert's link, which was checked before; null after a newer one was made. */
export async function enterByExpert(
  em: Unscoped,
  { expertId: id, linkNumber }: ExpertLink,
): Promise<(Entered & { expert: Expert }) | null> {
  const expert = await em.findOne(Expert, { id, linkNumber });
  return expert && { expert, ...(await enter(em, expert.accountId)) };
}

/** Whoever has used up a one-time link of a contact's. */
export async function enterByContact(em: Unscoped, id: string): Promise<Entered & { contact: Contact }> {
  const contact = (await whoIs(em, id)) ?? (await em.findOneOrFail(Contact, { id }));
  return { contact, ...(await enter(em, contact.accountId)) };
}

/** Whoever has a marketing email has its link, which was checked before. */
export async function enterByMailedContact(em: Unscoped, id: string): Promise<(Entered & { contact: Contact }) | null> {
  const contact = await whoIs(em, id);
  return contact?.erasedAt === null ? { contact, ...(await enter(em, contact.accountId)) } : null;
}

/** The contact of an id; of whoever was merged, the one that stays. */
async function whoIs(em: Unscoped, id: string): Promise<Contact | null> {
  const contact = await em.findOne(Contact, { id });
  return contact?.mergedInto ? em.findOne(Contact, { id: contact.mergedInto }) : contact;
}

/** Whoever has a form's address may send it. */
export async function enterByForm(em: Unscoped, id: string): Promise<(Entered & { form: Form }) | null> {
  const form = await em.findOne(Form, { id, deletedAt: null });
  return form && { form, ...(await enter(em, form.accountId)) };
}

/** Whose customers a one-time link is for, whether it is used up or not. */
export async function withLoginToken(em: Unscoped, token: string): Promise<Account | null> {
  const row = await em.findOne(LoginToken, { tokenHash: loginTokenHash(token) });
  return row && em.findOne(Account, { id: row.accountId });
}

/** Operators act on every account. */
export async function enterAsOperator(em: Unscoped, accountId: string): Promise<Entered | null> {
  return (await em.count(Account, { id: accountId })) === 0 ? null : enter(em, accountId);
}

/**
 * The only account that there is beside the platform's, or the only one of those that are named.
 */
export async function onlyAccount(em: Unscoped, ids: readonly string[]): Promise<Account | null> {
  const where = ids.length > 0 ? { id: { $in: [...ids] } } : { isPlatform: false };
  const [one, other] = await em.find(Account, where, { limit: 2 });
  return other === undefined ? (one ?? null) : null;
}

/** Whoever has the link of a receipt, which was checked before. */
export const enterByReceipt = (em: Unscoped, { accountId }: { accountId: string }): Promise<Entered | null> =>
  enterAsOperator(em, accountId);

async function enter(em: Unscoped, accountId: string): Promise<Entered> {
  const account = await em.findOneOrFail(Account, { id: accountId });
  return { account, em: scopeTo(em, accountId) };
}

/**
 * One address may belong to admins of several accounts, and to operators; so many are tried at the
 * most.
 */
const MOST = 20;

/** Everybody who may log in as an admin or operator with this address. */
export const adminsWith = (em: Unscoped, email: string): Promise<Admin[]> =>
  em.find(
    Admin,
    { email, passwordHash: { $ne: null }, confirmedAt: { $ne: null }, removedAt: null },
    { limit: MOST, orderBy: { id: 'asc' } },
  );

/** Whose a passkey or a half login is, which was checked before; null after they were removed. */
export const adminBehind = (em: Unscoped, id: string): Promise<Admin | null> =>
  em.findOne(Admin, { id, confirmedAt: { $ne: null }, removedAt: null });

/** Whose a passkey is, which was checked before; null after they were erased or merged. */
export const contactBehind = (em: Unscoped, id: string): Promise<Contact | null> =>
  em.findOne(Contact, { id, erasedAt: null, mergedInto: null });

/** Whether an admin has this address, and none who has it has confirmed it yet. */
export const isUnconfirmed = async (em: Unscoped, email: string): Promise<boolean> => {
  const people = await em.find(Admin, { email, removedAt: null }, { limit: MOST });
  return people.length > 0 && people.every(({ confirmedAt }) => confirmedAt === null);
};

/** Everybody who may log in as a customer with this address, or one that was merged into theirs. */
export async function contactsWith(em: Unscoped, email: string): Promise<Contact[]> {
  const rows = await query<{ id: string }>(
    em,
    sql`select distinct c.id from contacts n join contacts c on c.id = coalesce(n.merged_into, n.id)
     where n.email = ${email} and c.password_hash is not null order by c.id desc limit ${sql.lit(MOST)}`,
  );
  return em.find(Contact, { id: { $in: rows.map(({ id }) => id) } }, { orderBy: { id: 'desc' }, refresh: true });
}
