import { createHash } from 'node:crypto';
import { ApiKey } from '../../db/entities/api-key.ts';
import { StripeAuthorization } from '../../db/entities/stripe-authorization.ts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { createLoginToken } from '../../db/people/login-tokens.ts';
import { ExpertCalendar } from '../../db/entities/expert-calendar.ts';
import { ExpertTimeOff } from '../../db/entities/expert-time-off.ts';
import { CancellationReason } from '../../db/entities/cancellation-reason.ts';
import { RetentionOffer } from '../../db/entities/retention-offer.ts';
import { Credit } from '../../db/entities/credit.ts';
import { DifferenceRow } from '../../db/entities/difference-row.ts';
import { Checkout } from '../../db/entities/checkout.ts';
import { Contact } from '../../db/entities/contact.ts';
import { Offer } from '../../db/entities/offer.ts';
import { openCheckout } from '../../db/purchase/checkouts.ts';
import { hashPassword } from '../../api/auth/passwords.ts';
import {
  aCustomerAtStripe,
  aBlock,
  aContact,
  aDisputeRow,
  aField,
  aForm,
  anAccount,
  anAdmin,
  anExpert,
  anOffer,
  aPaymentRow,
  aPromotionCode,
  aSegment,
} from '../builders/rows.ts';
import { unsubscribeToken } from '../../db/people/unsubscribe-link.ts';
import { expertToken } from '../../db/credits/expert-link.ts';
import { SECRET_KEY, type TestApi } from './an-api.ts';
import { aPurchase, T0, type World } from './a-world.ts';
import { anAddOn } from './an-add-on.ts';
import { mailSteps } from './walk-mail.ts';
import { aWalker, loginSteps } from './walk-logins.ts';
import { activationSteps } from './walk-activations.ts';
import { customerLoginSteps } from './walk-customer-logins.ts';
import { noteSteps } from './walk-notes.ts';
import { viewSteps } from './walk-views.ts';
import { previewSteps } from './walk-previews.ts';
import { activitySteps, differenceSteps, EXPERT, SEGMENT, SIGN_UP, WORDS } from './walk-bodies.ts';
import { auditSteps } from './walk-audit.ts';
import { moneySteps } from './walk-money.ts';

export type Who = 'owner' | 'operator' | 'admin' | 'customer' | 'guest';
export type Step = { params?: Record<string, string>; query?: Record<string, string>; body?: object };

const PASSWORD = 'correct horse battery staple';
const LATER = '2027-03-15T09:00:00Z';

/**
 * What each operation is asked with, so that it succeeds: by operationId, in an order in which all
 * of them do.
 */
export async function aWalk(api: TestApi, world: World): Promise<Record<string, Step>> {
  const purchaseId = await aPurchase(api.orm, world);
  const { removalId, addOnId } = await anAddOn(api, world.accountId);
  const { contactId, productId, offerId, accountId } = world;
  const em = api.orm.em.fork();
  const token = async (kind: 'login' | 'set_password' | 'confirm_opt_in', of = contactId) =>
    (await createLoginToken(em, { accountId, contactId: of, kind, now: T0 })).token;
  // A new password ends the sessions of whose it is, and the walk goes on as Ada.
  const newcomer = await aContact(em, accountId);
  await aPaymentRow(em, { accountId, contactId, purchaseId, id: `in_${purchaseId}` });
  const disputeId = await aDisputeRow(em, { accountId, purchaseId, paymentId: `in_${purchaseId}` });
  const left = { purchaseId, offerId, at: T0, cause: 'voluntary', reason: 'It is too expensive' } as const;
  await em.insert(CancellationReason, { id: uuid(), accountId, ...left, undoneAt: null });
  const taken = { kind: 'pause', isTaken: true, promotionCodeId: null } as const;
  await em.insert(RetentionOffer, { id: uuid(), accountId, purchaseId, offerId, at: T0, ...taken });
  const available = { state: 'available', issuedAt: T0, expiresAt: '2028-01-31T09:00:00.000Z' } as const;
  await em.insert(Credit, { id: `${purchaseId}:1`, accountId, purchaseId, contactId, ...available });
  const expertId = await anExpert(em, accountId);
  const fetched = { fetchAt: T0, fetchedAt: T0, failedAt: null, failure: null };
  await em.insert(ExpertCalendar, { accountId, expertId, url: 'https://calendar.example.com/ines.ics', ...fetched });
  const timeOffId = await someTimeOff(em, { accountId, expertId });
  const blockId = await aBlock(em, { accountId, expertId });
  const support = { accountId, role: 'support', confirmedAt: null } as const;
  const adminId = await anAdmin(em, { ...support, email: 'emmy@example.com' });
  const removedId = await anAdmin(em, { ...support, email: 'gone@example.com' });
  const { accountId: suspendedId } = await anAccount(em, { name: 'Quiet' });
  const admin = { params: { adminId } };
  const difference = { params: { differenceId: await aDifference(em, { accountId, purchaseId }) } };
  const slots = { query: { purchaseId, expertId, from: '2027-02-01', to: '2027-02-02', timeZone: 'Europe/Vienna' } };
  const purchase = { params: { purchaseId } };
  const one = {
    contact: { params: { contactId } },
    product: { params: { productId } },
    offer: { params: { offerId } },
    expert: { params: { expertId } },
    block: { params: { blockId } },
  };
  const mailed = { params: { unsubscribeToken: unsubscribeToken(newcomer, SECRET_KEY[0]) } };
  const field = { params: { fieldId: await aField(em, accountId, 'birthday') } };
  const segment = { params: { segmentId: await aSegment(em, accountId) } };
  const form = { params: { formId: await aForm(em, accountId) } };
  const own = { params: { expertToken: expertToken({ expertId, linkNumber: 1 }, SECRET_KEY[0]) } };
  const dry = (body: object = {}) => ({ ...purchase, body: { ...body, dryRun: true } });
  const template = { params: { kind: 'login-link' } };
  const content = { params: { kind: 'pipeline', id: 'spring' } };
  const connected = { params: { stripeAccount: 'acct_of_e_walk' } };
  const promotionCodeId = await aPromotionCode(em, { accountId, code: 'WELCOME' });
  const price = { kind: 'subscription', amountMinor: 2900, currency: 'usd', interval: 'month' };
  return {
    ...(await auditSteps(em, accountId)),
    searchEverything: { query: { q: 'ada' } },
    getStripe: {},
    connectStripeByKey: { body: { restrictedKey: 'rk_test_of_the_walk' } },
    authorizeStripe: { body: {} },
    connectStripeByCode: { body: { code: 'ac_walk', state: await aStripeState(em, accountId) } },
    rotateStripeSecret: { ...connected, body: {} },
    disconnectStripe: { ...connected, body: { dryRun: true } },
    sendConfirmationLink: { body: { email: 'emmy@example.com' } },
    listPlansOnSale: {},
    signUp: { body: SIGN_UP },
    createProduct: { body: { name: 'Drawing' } },
    listProducts: {},
    getProduct: one.product,
    updateProduct: { ...one.product, body: { name: 'Drawing' } },
    countGoingOnOfProduct: one.product,
    putContent: { ...content, body: { name: 'Spring launch' } },
    listContent: { params: { kind: 'pipeline' } },
    getContent: content,
    deleteContent: content,
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
    ...differenceSteps(difference),
    countContactsBySegment: {},
    createContact: { body: { email: `grace-${uuid().slice(-6)}@example.com`, name: 'Grace' } },
    getContact: one.contact,
    updateContact: { ...one.contact, body: { name: 'Ada', fields: { birthday: '1990-02-28' } } },
    defineContactField: { body: { key: 'city', label: 'City', kind: 'text' } },
    listContactFields: {},
    updateContactField: { ...field, body: { label: 'Born on' } },
    tagContact: { ...one.contact, body: { tag: 'VIP' } },
    listTags: {},
    untagContact: { params: { contactId, tag: 'vip' } },
    deleteContactField: { params: { fieldId: await aField(em, accountId, 'plays') } },
    createSegment: { body: SEGMENT },
    listSegments: {},
    countSegment: { body: { filters: [{ kind: 'tag', tag: 'vip' }] } },
    getSegment: segment,
    replaceSegment: { ...segment, body: { ...SEGMENT, name: 'Also from Vienna', match: 'any' } },
    deleteSegment: { params: { segmentId: await aSegment(em, accountId) } },
    ...(await noteSteps(em, { accountId, contactId, purchaseId })),
    ...(await viewSteps(em, accountId)),
    getEmailPreferences: mailed,
    unsubscribeByLink: { ...mailed, body: {} },
    subscribeAgainByLink: mailed,
    createForm: { body: { name: 'Foot of the blog', optIn: 'double' } },
    listForms: {},
    getForm: form,
    updateForm: { ...form, body: { button: 'Count me in' } },
    getPublicForm: form,
    submitForm: { ...form, body: { email: 'lin@example.com', name: 'Lin' } },
    confirmSubscription: { body: { token: await token('confirm_opt_in', await aContact(em, accountId)) } },
    deleteForm: { params: { formId: await aForm(em, accountId) } },
    subscribeContact: { ...one.contact, body: { wording: 'Signed our paper list: "Send me your news."' } },
    unsubscribeContact: one.contact,
    exportContact: one.contact,
    ...activitySteps(contactId, productId),
    listContactTimeline: one.contact,
    eraseContact: { ...one.contact, body: { cancelSubscriptions: true, dryRun: true } },
    mergeContact: { ...one.contact, body: { intoContactId: newcomer, dryRun: true } },
    explainAccess: { ...one.contact, query: { productId } },
    listProductsOfContact: one.contact,
    checkAccess: { query: { contactId, productId } },
    checkAccessOfMany: { body: { pairs: [{ email: 'ada@example.com', productId }] } },
    addUpPaymentsOfContact: one.contact,
    getOverview: {},
    createCheckout: { body: { offerId, email: 'new@example.com' } },
    listCheckouts: {},
    getCheckout: { params: { checkoutId: await anEndedCheckout(em, world) } },
    grantOffer: { body: { offerId, email: 'free@example.com' } },
    listPurchases: { query: { sort: 'nextDue', limit: '1' } },
    countPurchases: {},
    countPurchasesByView: {},
    getPurchase: purchase,
    getPurchaseRevision: purchase,
    listCredits: {},
    listCreditsOfPurchase: purchase,
    getTimeline: purchase,
    forecastPurchase: { ...purchase, query: { until: '2027-03-31T09:00:00Z' } },
    forecastContact: { ...one.contact, query: { until: '2027-03-01T09:00:00Z' } },
    forecastAccount: { query: { until: '2027-04-30T09:00:00Z' } },
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
    ...(await moneySteps(api, { accountId, purchaseId, disputeId })),
    listEmails: {},
    countEmails: {},
    countEmailStates: {},
    listAccountTimeline: { query: { after: '2027-01-01T00:00:00Z', until: LATER } },
    getTestClock: {},
    createExpert: { body: EXPERT },
    listExperts: {},
    getExpert: one.expert,
    updateExpert: { ...one.expert, body: { noticeMinutes: 120 } },
    countGoingOnOfExpert: one.expert,
    fetchCalendar: one.expert,
    addTimeOff: { ...one.expert, body: { from: '2027-08-02', to: '2027-08-13' } },
    listTimeOff: one.expert,
    removeTimeOff: { params: { expertId, timeOffId } },
    cancelBookingsOfExpert: { ...one.expert, body: { from: '2027-02-01', to: '2027-02-01', reason: 'Ill.' } },
    listJobs: {},
    getExpertLink: one.expert,
    getExpertPage: own,
    addTimeOffAsExpert: { ...own, body: { from: '2027-08-02', to: '2027-08-13' } },
    cancelBookingsAsExpert: { ...own, body: { from: '2027-02-02', to: '2027-02-02', dryRun: true } },
    renewExpertLink: one.expert,
    listSlots: slots,
    createOfficeHours: { body: { weekday: 'monday', from: '13:00', to: '17:00', expertId } },
    listOfficeHours: {},
    getOfficeHours: one.block,
    updateOfficeHours: { ...one.block, body: { seats: 12 } },
    archiveOfficeHours: one.block,
    unarchiveOfficeHours: one.block,
    listMySlots: slots,
    listMyExperts: {},
    listMyOfficeHours: { query: { purchaseId } },
    getCalendar: { query: { from: '2027-02-01', to: '2027-02-08' } },
    archiveExpert: one.expert,
    unarchiveExpert: one.expert,
    getAccount: {},
    getAccess: {},
    listTeamCalls: {},
    listTeamSeats: {},
    listTeamSlots: { query: { purchaseId: addOnId } },
    listTeamExperts: {},
    listTeamOfficeHours: { query: { purchaseId: addOnId } },
    listTeamCredits: { params: { purchaseId: addOnId } },
    getAccountFeatures: {},
    getAccountPlan: {},
    listRemovalRequests: {},
    getRemovalRequest: { params: { requestId: removalId } },
    getKeptContent: {},
    listKeptContent: { body: { items: [{ kind: 'product', id: productId }] } },
    confirmKeptContent: { params: { accountId }, body: {} },
    getSettings: {},
    updateSettings: {
      body: { autoRevoke: 'on_first_failure', selfPause: { isOn: true }, retention: { offer: 'pause' } },
    },
    getEmailFigures: {},
    listEmailTemplates: {},
    getEmailTemplate: template,
    putEmailTemplate: { ...template, body: { ...WORDS, isOn: true } },
    previewEmailTemplate: { ...template, body: WORDS },
    testEmailTemplate: { ...template, body: WORDS },
    listEmailTemplateVersions: template,
    resetEmailTemplate: template,
    ...(await mailSteps(em, accountId)),
    ...(await activationSteps(em, accountId)),
    ...(await previewSteps(em, contactId)),
    createApiKey: { body: { name: 'Website', role: 'support' } },
    listApiKeys: {},
    inviteAdmin: { body: { email: 'grace@example.com', role: 'support' } },
    listAdmins: {},
    getAdmin: admin,
    inviteAdminAgain: admin,
    ...(await loginSteps(em, accountId, adminId)),
    updateAdmin: { ...admin, body: { role: 'assistant' } },
    transferOwnership: admin,
    removeAdmin: { params: { adminId: removedId } },
    exchangeLoginLink: { body: { token: await token('login') } },
    setPassword: { body: { token: await token('set_password', newcomer), password: PASSWORD } },
    createCustomerSession: { body: { email: 'ada@example.com', password: PASSWORD } },
    sendLoginLink: { body: { email: 'nobody@example.com' } },
    ...(await customerLoginSteps(em, world)),
    getPublicOffer: one.offer,
    takeFreeOffer: await aFreeOffer(em, world),
    beginCheckout: { ...one.offer, body: { email: 'guest@example.com' } },
    getMe: {},
    updateMe: { body: { timeZone: 'Europe/Vienna' } },
    listMyLibrary: {},
    listMyPurchases: {},
    getMyPurchase: purchase,
    listMyCredits: purchase,
    cancelMyPurchase: dry(),
    takeRetentionOffer: dry(),
    pauseMyPurchase: dry(),
    beginCardChange: { ...purchase, body: {} },
    listMyCards: {},
    beginNewCard: { body: {} },
    makeCardDefault: { params: { cardId: 'pm_1' }, body: {} },
    movePurchaseToCard: { ...purchase, body: { cardId: 'pm_1' } },
    removeCard: { params: { cardId: 'pm_1' } },
    createAccount: {
      body: { name: 'Ada', mode: 'test', timeZone: 'UTC', supportEmail: 'h@e.com', ownerEmail: 'o@e.com' },
    },
    listAccounts: {},
    listOperatorActions: {},
    listOutreachTasks: {},
    getAccountAsOperator: { params: { accountId } },
    closeAccount: { params: { accountId }, body: { reason: 'Why not', dryRun: true } },
    suspendAccount: { params: { accountId: suspendedId }, body: { reason: 'Unpaid' } },
    reopenAccount: { params: { accountId: suspendedId }, body: { reason: 'Paid' } },
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
  const changes = { passwordHash: await hashPassword(PASSWORD), addressProvenAt: T0 };
  await aCustomerAtStripe(em, contactId, { customerId: 'cus_ada' });
  await em.nativeUpdate(Contact, { id: contactId }, changes);
  const { token } = await createLoginToken(em, { accountId, contactId, kind: 'login', now: T0 });
  const { body } = await api.client(null).post('/v1/login-links/exchange', { token });
  return {
    owner: { authorization: `Bearer ${world.keys.owner}` },
    operator: { authorization: `Bearer ${world.keys.operator}` },
    admin: { authorization: `Bearer ${await aWalker(em, accountId)}` },
    customer: { authorization: `Bearer ${body.token}` },
    guest: {},
  };
}

/** A free offer that somebody asked for, and the token of the link that was mailed to them. */
async function aFreeOffer(em: EntityManager, { accountId, productId }: World): Promise<Step> {
  const { offerId } = await anOffer(em, accountId, { price: { kind: 'free' }, productIds: [productId] });
  const offer = await em.findOneOrFail(Offer, { id: offerId });
  const email = `taker-${uuid().slice(-12)}@example.com`;
  const asked = { offer, email, name: null, forAccountId: null, now: T0, trialOnce: 'offer', code: null } as const;
  const opened = await openCheckout(em, asked);
  if (opened.kind !== 'open') throw new Error(`not begun: ${opened.kind}`);
  const link = { accountId, contactId: opened.holder.contact.id, kind: 'take_free', now: T0 } as const;
  return { params: { offerId }, body: { token: (await createLoginToken(em, link)).token } };
}

/** One whose page was left, and of which nothing came. */
async function anEndedCheckout(em: EntityManager, { offerId }: World): Promise<string> {
  const offer = await em.findOneOrFail(Offer, { id: offerId });
  const whom = { email: `leaver-${uuid().slice(-12)}@example.com`, name: 'Grace', forAccountId: null };
  const opened = await openCheckout(em, { offer, ...whom, now: T0, trialOnce: 'offer', code: null });
  if (opened.kind !== 'open') throw new Error(`not begun: ${opened.kind}`);
  const { id } = opened.checkout;
  const page = { stripeSessionId: `cs_${id}`, url: `https://checkout.test/${id}`, amountMinor: 2900, currency: 'usd' };
  const end = { state: 'expired', reason: 'left', expiresAt: LATER, endedAt: LATER } as const;
  await em.nativeUpdate(Checkout, { id }, { ...page, ...end });
  return id;
}

/** A subscription that charges without its purchase. */
async function aDifference(em: EntityManager, of: { accountId: string; purchaseId: string }): Promise<string> {
  const id = uuid();
  const seen = { createdAt: T0, lookedAt: T0, endedAt: null, actor: null, note: null };
  const found = {
    kind: 'without_purchase',
    objectId: `sub_stray_${of.purchaseId}`,
    cause: 'other_subscription',
  } as const;
  const sides = { severity: 'high', here: null, there: { status: 'active' }, state: 'open' } as const;
  await em.insert(DifferenceRow, { ...of, ...seen, ...found, ...sides, id });
  return id;
}

async function someTimeOff(em: EntityManager, of: Pick<ExpertTimeOff, 'accountId' | 'expertId'>): Promise<string> {
  const id = uuid();
  const days = { startsAt: '2027-03-01T00:00:00Z', endsAt: '2027-03-06T00:00:00Z', createdAt: T0 };
  await em.insert(ExpertTimeOff, { ...of, ...days, id });
  return id;
}

/** As if the owner's key had gone to Stripe's page. */
async function aStripeState(em: EntityManager, accountId: string): Promise<string> {
  const { id } = await em.findOneOrFail(ApiKey, { accountId, role: 'owner' });
  const stateHash = createHash('sha256').update('a-state').digest('hex');
  const expiresAt = new Date(Date.now() + 600_000).toISOString();
  await em.insert(StripeAuthorization, { stateHash, accountId, actor: { kind: 'api_key', id }, expiresAt });
  return 'a-state';
}
