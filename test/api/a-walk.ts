import { v7 as uuid } from 'uuid';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { Contact } from '../../db/entities/contact.ts';
import { hashPassword } from '../../api/auth/passwords.ts';
import { aContact, aPaymentRow, aPromotionCode } from '../builders/rows.ts';
import type { TestApi } from './an-api.ts';
import { aPurchase, T0, type World } from './a-world.ts';

export type Who = 'owner' | 'operator' | 'customer' | 'guest';
export type Step = { params?: Record<string, string>; query?: Record<string, string>; body?: object };

const PASSWORD = 'correct horse battery staple';
const LATER = '2027-03-15T09:00:00Z';

/**
 * What each operation is asked with, so that it succeeds: by operationId, in an order in which all
 * of them do.
 */
export async function aWalk(api: TestApi, world: World): Promise<Record<string, Step>> {
  const purchaseId = await aPurchase(api.orm, world);
  const { contactId, productId, offerId, accountId } = world;
  const em = api.orm.em.fork();
  const token = async (kind: 'login' | 'set_password', of = contactId) =>
    (await createLoginToken(em, { accountId, contactId: of, kind, now: T0 })).token;
  // A new password ends the sessions of whose it is, and the walk goes on as Ada.
  const newcomer = await aContact(em, accountId);
  await aPaymentRow(em, { accountId, contactId, purchaseId, id: `in_${purchaseId}` });
  const purchase = { params: { purchaseId } };
  const one = {
    contact: { params: { contactId } },
    product: { params: { productId } },
    offer: { params: { offerId } },
  };
  const dry = (body: object = {}) => ({ ...purchase, body: { ...body, dryRun: true } });
  const promotionCodeId = await aPromotionCode(em, { accountId, code: 'WELCOME' });
  const price = { kind: 'subscription', amountMinor: 2900, currency: 'usd', interval: 'month' };
  return {
    createProduct: { body: { name: 'Drawing' } },
    listProducts: {},
    getProduct: one.product,
    updateProduct: { ...one.product, body: { name: 'Drawing' } },
    countGoingOnOfProduct: one.product,
    createOffer: { body: { name: 'Monthly', productIds: [productId], price } },
    listOffers: {},
    getOffer: one.offer,
    updateOffer: { ...one.offer, body: { refundWindowDays: 14 } },
    countGoingOnOfOffer: one.offer,
    createPromotionCode: { body: { code: 'SPRING', percentOff: 50, duration: { months: 3 } } },
    listPromotionCodes: {},
    getPromotionCode: { params: { promotionCodeId } },
    priceOffer: { ...one.offer, body: { promotionCode: 'welcome' } },
    listContacts: {},
    countContacts: {},
    countContactsBySegment: {},
    createContact: { body: { email: `grace-${uuid().slice(-6)}@example.com`, name: 'Grace' } },
    getContact: one.contact,
    updateContact: { ...one.contact, body: { name: 'Ada' } },
    explainAccess: { ...one.contact, query: { productId } },
    listProductsOfContact: one.contact,
    checkAccess: { query: { contactId, productId } },
    checkAccessOfMany: { body: { pairs: [{ email: 'ada@example.com', productId }] } },
    addUpPaymentsOfContact: one.contact,
    getOverview: {},
    createCheckout: { body: { offerId, email: 'new@example.com' } },
    grantOffer: { body: { offerId, email: 'free@example.com' } },
    listPurchases: { query: { sort: 'nextDue', limit: '1' } },
    countPurchases: {},
    countPurchasesByView: {},
    getPurchase: purchase,
    getPurchaseRevision: purchase,
    getTimeline: purchase,
    getPurchaseCard: purchase,
    pausePurchase: dry({ resumeAt: LATER }),
    cancelPurchase: dry({ when: 'period_end' }),
    revokePurchase: dry(),
    refundPurchase: dry({ paymentId: `in_${purchaseId}`, amountMinor: 1000 }),
    giveMoneyBack: dry(),
    listCommands: {},
    countCommands: {},
    listWebhooks: {},
    countWebhooks: {},
    listUnmatchedWebhooks: {},
    countUnmatchedWebhooks: {},
    listPayments: {},
    countPayments: {},
    countPaymentStates: {},
    getPayment: { params: { paymentId: `in_${purchaseId}` } },
    listEmails: {},
    countEmails: {},
    listAccountTimeline: { query: { after: '2027-01-01T00:00:00Z', until: LATER } },
    getTestClock: {},
    getAccount: {},
    getSettings: {},
    updateSettings: { body: { autoRevoke: 'on_first_failure' } },
    createApiKey: { body: { name: 'Website', role: 'support' } },
    listApiKeys: {},
    exchangeLoginLink: { body: { token: await token('login') } },
    setPassword: { body: { token: await token('set_password', newcomer), password: PASSWORD } },
    createCustomerSession: { body: { email: 'ada@example.com', password: PASSWORD } },
    sendLoginLink: { body: { email: 'nobody@example.com' } },
    getPublicOffer: one.offer,
    beginCheckout: { ...one.offer, body: { email: 'guest@example.com' } },
    getMe: {},
    listMyLibrary: {},
    listMyPurchases: {},
    getMyPurchase: purchase,
    cancelMyPurchase: dry(),
    beginCardChange: { ...purchase, body: {} },
    createAccount: {
      body: { name: 'Ada', mode: 'test', timeZone: 'UTC', supportEmail: 'h@e.com', ownerEmail: 'o@e.com' },
    },
    listAccounts: {},
    endPromotionCode: { params: { promotionCodeId } },
    archiveOffer: one.offer,
    unarchiveOffer: one.offer,
    archiveProduct: one.product,
    unarchiveProduct: one.product,
    advanceTestClock: { body: { by: 'day', wait: false } },
  };
}

/** The header that says who asks. */
export async function tokensOf(api: TestApi, world: World): Promise<Record<Who, Record<string, string>>> {
  const { accountId, contactId } = world;
  const em = api.orm.em.fork();
  const changes = { passwordHash: await hashPassword(PASSWORD), stripeCustomerId: 'cus_ada' };
  await em.nativeUpdate(Contact, { id: contactId }, changes);
  const { token } = await createLoginToken(em, { accountId, contactId, kind: 'login', now: T0 });
  const { body } = await api.client(null).post('/v1/login-links/exchange', { token });
  return {
    owner: { authorization: `Bearer ${world.keys.owner}` },
    operator: { authorization: `Bearer ${world.keys.operator}` },
    customer: { authorization: `Bearer ${body.token}` },
    guest: {},
  };
}
