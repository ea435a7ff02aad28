import { offerRoutes } from '../../../catalog/offers.ts';
import { emailRoutes } from '../../../mail/emails.ts';
import { paymentRoutes } from '../../../money/payments.ts';
import { contactConsentRoutes } from '../../../people/contact-consents.ts';
import { contactRoutes } from '../../../people/contacts.ts';
import { grantRoutes } from '../../../purchase/grants.ts';
import { purchaseRoutes } from '../../../purchase/purchases.ts';
import { BILLING, EVERYBODY, MONEY_READERS, PEOPLE } from '../../../auth/roles.ts';
import { EMPTY_FORM, type Form, refusedForm } from '../../form.ts';
import { asMarked } from '../../marked.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import type { Payment } from '../money/charged-twice.ts';
import { SHOWN, type PaymentsOfContact } from '../money/contact-payments.tsx';
import type { ContactShown, Tried } from './contact-shown.ts';
import { ContactPage } from './contact-view.tsx';

const UNTRIED: Tried = { form: EMPTY_FORM, problem: null };

const paramsOf = ({ params }: PageCall) => ({ contactId: params.contactId ?? '' });

/** One person: purchases, access and why, emails; offers are granted here. */
export const contactPage: Page = {
  path: '/contacts/{contactId}',
  audience: 'admin',
  roles: EVERYBODY,
  show: (call) => showContact(call),
  submit: (call, form) => (STEPS[form.step] ?? changeContact)(call, form),
};

const STEPS: Record<string, (call: PageCall, form: Form) => Promise<PageAnswer>> = {
  grant: grantOffer,
  subscribe: noteConsent,
  unsubscribe,
};

type Tries = Partial<Pick<ContactShown, 'change' | 'grant' | 'subscribe' | 'notice'>>;

async function showContact(call: PageCall, tries: Tries = {}, status = 200): Promise<PageAnswer> {
  const { api, query } = call;
  const params = paramsOf(call);
  const contact = await api.read(contactRoutes.read, { params });
  const ofThem = (limit: string) => ({ query: { contactId: contact.id, limit } });
  const mayReadMoney = hasRole(call, MONEY_READERS);
  const mayEdit = hasRole(call, PEOPLE);
  const shown: ContactShown = {
    site: siteOf(call),
    contact,
    mayEdit,
    notice: query.notice,
    change: UNTRIED,
    grant: UNTRIED,
    subscribe: UNTRIED,
    ...tries,
    access: (await api.read(contactRoutes.products, { params })).data,
    purchases: mayReadMoney ? (await api.read(purchaseRoutes.list, ofThem('200'))).data : null,
    payments: mayReadMoney ? await readPayments(call, contact.id) : null,
    mayRefund: hasRole(call, BILLING),
    sent: mayReadMoney ? (await api.read(emailRoutes.list, ofThem('20'))).data : null,
    offers: mayEdit ? (await api.read(offerRoutes.list, { query: { limit: '200' } })).data : [],
  };
  return page(contact.name ?? contact.email, <ContactPage {...shown} />, status);
}

async function readPayments({ api }: PageCall, contactId: string): Promise<PaymentsOfContact> {
  const { data: totals } = await api.read(contactRoutes.totals, { params: { contactId } });
  const { data: newest, nextCursor } = await api.read(paymentRoutes.list, { query: { contactId, limit: '100' } });
  const shown = await Promise.all(newest.slice(0, SHOWN).map((payment) => withCard(api, payment)));
  return { contactId, totals, newest: [...shown, ...newest.slice(SHOWN)], hasMore: nextCursor !== null };
}

/** A card that nobody has looked at yet is read from Stripe. */
const withCard = async (api: PageCall['api'], payment: Payment): Promise<Payment> =>
  payment.card !== null || payment.paidAt === null
    ? payment
    : api.read(paymentRoutes.read, { params: { paymentId: payment.id } });

async function changeContact(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(contactRoutes.change, { params: paramsOf(call), body, key });
  if (answer.isDone) return redirect(`/contacts/${call.params.contactId}?notice=changed`);
  const { status, problem } = answer;
  return showContact(call, { notice: undefined, change: { form: refusedForm(typed, problem), problem } }, status);
}

/** Granting is a command of the new purchase: it is carried out at once, or a moment later. */
async function grantOffer(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const { contactId } = call.params;
  const answer = await call.api.ask(grantRoutes.create, { body: { ...body, contactId }, key });
  if (answer.isDone) return redirect(`/contacts/${contactId}?notice=${answer.status === 202 ? 'granting' : 'granted'}`);
  const { status, problem } = answer;
  return showContact(call, { notice: undefined, grant: { form: refusedForm(typed, problem), problem } }, status);
}

async function noteConsent(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(contactConsentRoutes.subscribe, { params: paramsOf(call), body, key });
  if (answer.isDone) return redirect(`/contacts/${call.params.contactId}?notice=subscribed`);
  const { status, problem } = answer;
  const tried = { form: refusedForm(typed, problem), problem: asMarked(problem) };
  return showContact(call, { notice: undefined, subscribe: tried }, status);
}

async function unsubscribe(call: PageCall, { key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(contactConsentRoutes.unsubscribe, { params: paramsOf(call), key });
  if (answer.isDone) return redirect(`/contacts/${call.params.contactId}?notice=unsubscribed`);
  const { status, problem } = answer;
  return showContact(call, { notice: undefined, subscribe: { form: EMPTY_FORM, problem } }, status);
}
