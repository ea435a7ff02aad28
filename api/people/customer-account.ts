import { z } from 'zod';
import { shownContact } from './contact-shown.ts';
import { recordOwn } from '../../db/people/activity.ts';
import { ownPurchases, type OwnPurchase } from '../../db/people/customer.ts';
import type { Account } from '../../db/entities/account.ts';
import type { Contact } from '../../db/entities/contact.ts';
import type { Product } from '../../db/entities/product.ts';
import type { Session } from '../../db/entities/session.ts';
import { NO_REACH, productAccess, reachPerProduct, type Reach } from '../../workflows/domain/access.ts';
import { isLive } from '../../workflows/domain/billing.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import { selfCancelOf, selfChangeOf, selfPauseOf } from '../../workflows/domain/settings.ts';
import { putPassword } from '../../db/people/put-password.ts';
import { checkNotAddress, hashPassword } from '../auth/passwords.ts';
import { timeZone } from '../http/fields.ts';
import { language } from '../platform/site-settings.ts';
import type { LanguageCode } from '../../emails/languages/codes.ts';
import { given } from '../../db/given.ts';
import { Problem } from '../http/problem.ts';
import { defineCustomerRoute } from '../http/route.ts';
import { libraryItemSchema, meSchema, password } from './customer-schema.ts';
import { startsAt } from './customer-view.ts';
import { toPublicSite } from './public-site.ts';

const tag = 'Customer';

type Item = z.input<typeof libraryItemSchema>;
type Way = Item['ways'][number];

type SiteDeps = { publicUrl: string };
type Me = { contact: Contact; session: Session; account: Account };

/**
 * Who came in by an emailed link has proved the address: they may set a password, a forgotten one
 * too.
 */
const maySetPassword = ({ contact, session }: Pick<Me, 'contact' | 'session'>): boolean =>
  contact.passwordHash === null || session.byLink;

const toMe = ({ contact, session, account }: Me, publicUrl: string) => ({
  id: contact.id,
  email: contact.email,
  name: contact.name,
  hasPassword: contact.passwordHash !== null,
  canSetPassword: maySetPassword({ contact, session }),
  passwordDroppedAt: contact.passwordDroppedAt,
  timeZone: contact.timeZone,
  language: contact.language as LanguageCode | null,
  site: toPublicSite(account, publicUrl),
  selfCancel: selfCancelOf(account.settings),
  selfPause: selfPauseOf(account.settings),
  selfChange: selfChangeOf(account.settings),
});

const me = defineCustomerRoute({
  method: 'get',
  path: '/v1/me',
  tag,
  operationId: 'getMe',
  summary: 'Read who is logged in, and on which site',
  answers: { 200: meSchema },
  handle: async (call, { publicUrl }: SiteDeps) => ({ status: 200, body: toMe(call, publicUrl) }),
});

const update = defineCustomerRoute({
  method: 'patch',
  path: '/v1/me',
  tag,
  operationId: 'updateMe',
  audit: { kind: 'contact.changed', shows: shownContact },
  summary: 'Change in which time zone they read the times of calls, and in which language their emails',
  body: z
    .strictObject({
      timeZone: timeZone.nullable().describe("null: the site's."),
      language: language.nullable().describe("null: the site's."),
    })
    .partial(),
  example: { timeZone: 'Europe/Vienna' },
  answers: { 200: meSchema },
  async handle(call, { publicUrl }: SiteDeps) {
    Object.assign(call.contact, given(call.body));
    await call.em.flush();
    await recordOwn(call.em, call.contact, 'settings_changed', call.now);
    return { status: 200, body: toMe(call, publicUrl) };
  },
});

const setPassword = defineCustomerRoute({
  method: 'post',
  path: '/v1/me/password',
  tag,
  operationId: 'setMyPassword',
  audit: { left: ['contact.password_changed'] },
  summary: 'Set the first password, or a new one within a session that was begun by an emailed link',
  description: 'Every other session of the customer ends.',
  body: z.strictObject({ password }),
  example: { password: 'correct horse battery staple' },
  answers: { 200: meSchema },
  problems: [409],
  async handle(call, { publicUrl }: SiteDeps) {
    const { em, contact, session, body } = call;
    if (!maySetPassword(call)) {
      const detail = 'There is a password already. Log in by an emailed link to set another one.';
      throw new Problem(409, 'wrong_state', { detail, field: 'password' });
    }
    checkNotAddress(body.password, contact.email);
    await putPassword(em, contact, await hashPassword(body.password), session);
    await recordOwn(em, contact, 'settings_changed', call.now);
    return { status: 200, body: toMe(call, publicUrl) };
  },
});

const library = defineCustomerRoute({
  method: 'get',
  path: '/v1/me/library',
  tag,
  operationId: 'listMyLibrary',
  summary: "List the customer's products: which can be reached, and why the others cannot",
  answers: { 200: z.strictObject({ data: z.array(libraryItemSchema) }) },
  handle: async ({ em, contact, now }) => ({
    status: 200,
    body: { data: itemsOf(await ownPurchases(em, contact), now) },
  }),
});

/**
 * One line per product, whatever number of purchases lead to it; those that can be reached come
 * first [R5.4].
 */
function itemsOf(purchases: OwnPurchase[], now: Instant): Item[] {
  const items = new Map<string, Item>();
  for (const { purchase, offer, products } of purchases) {
    const { snapshot: state } = purchase;
    if (state.duplicateOf !== null) continue;
    for (const { productId, open, until, blocks } of productAccess(state, now)) {
      const item = items.get(productId) ?? blankItem(productId, products.get(productId));
      const shown = blocks.map(({ source, since }) => ({ source, since }));
      const times = { until, startsAt: startsAt(state, now), resumeAt: resumeAt(state) };
      item.ways.push({ purchaseId: purchase.id, offerName: offer.name, open, ...times, blocks: shown });
      items.set(productId, item);
    }
  }
  const reaches = reachPerProduct(
    purchases.map(({ purchase }) => purchase.snapshot),
    now,
  );
  const settled = [...items.values()].map((item) => settle(item, reaches.get(item.productId) ?? NO_REACH));
  return settled.sort((a, b) => Number(b.hasAccess) - Number(a.hasAccess));
}

const blankItem = (productId: string, product: Product | undefined): Item => ({
  productId,
  name: product?.name ?? '',
  url: product?.url ?? null,
  description: product?.description ?? null,
  imageUrl: product?.imageUrl ?? null,
  hasAccess: false,
  until: null,
  ways: [],
});

const resumeAt = ({ billing }: PurchaseState): Instant | null =>
  isLive(billing) ? (billing.pause?.resumeAt ?? null) : null;

/** The way that leads on longest comes first. What is closed leads nowhere. */
const settle = (item: Item, { access, until }: Reach): Item => ({
  ...item,
  ways: item.ways.toSorted((a, b) => rank(a) - rank(b) || (endOf(a) < endOf(b) ? 1 : -1)),
  hasAccess: access,
  until,
  url: access ? item.url : null,
});

const rank = ({ open }: Way): number => (open ? 0 : 1);
const endOf = ({ until }: Way): string => until ?? '9999';

export const customerAccountRoutes = { me, update, setPassword, library };
