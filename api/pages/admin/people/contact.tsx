import { offerRoutes } from '../../../catalog/offers.ts';
import { emailRoutes } from '../../../mail/emails.ts';
import type { ApiSuppression } from '../../../mail/suppression-schema.ts';
import { suppressionRoutes } from '../../../mail/suppressions.ts';
import { paymentRoutes } from '../../../money/payments.ts';
import { contactFieldRoutes } from '../../../people/contact-fields.ts';
import { contactNoteRoutes } from '../../../people/contact-notes.ts';
import { contactSessionRoutes } from '../../../people/contact-sessions.ts';
import { contactRoutes } from '../../../people/contacts.ts';
import { loginHelpRoutes } from '../../../people/login-help.ts';
import { purchaseRoutes } from '../../../purchase/purchases.ts';
import { BILLING, EVERYBODY, MONEY_READERS, PEOPLE } from '../../../auth/roles.ts';
import { EMPTY_FORM, refusedForm } from '../../form.ts';
import { asMarked } from '../../marked.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import type { Payment } from '../money/charged-twice.ts';
import { SHOWN, type PaymentsOfContact } from '../money/contact-payments.tsx';
import type { ContactShown, Tried } from './contact-shown.ts';
import { CHANGE, paramsOf, STEPS } from './contact-steps.ts';
import { ContactPage, isThere } from './contact-view.tsx';

const UNTRIED: Tried = { form: EMPTY_FORM, problem: null };

/** One person: purchases, access and why, emails; offers are granted here. */
export const contactPage: Page = {
  path: '/contacts/{contactId}',
  audience: 'admin',
  roles: EVERYBODY,
  show: (call) => showContact(call),
  async submit(call, form) {
    const { of, ask } = STEPS[form.step] ?? CHANGE;
    const asked = await ask(call, form);
    if (asked.isDone) return redirect(`/contacts/${call.params.contactId}?notice=${asked.notice}`);
    const { status, problem } = asked;
    const tried = { form: refusedForm(form.typed, problem), problem: asMarked(problem) };
    return showContact(call, { notice: undefined, [of]: tried }, status);
  },
};

async function showContact(call: PageCall, tries: Partial<ContactShown> = {}, status = 200): Promise<PageAnswer> {
  const { api, query } = call;
  const params = paramsOf(call);
  const contact = await api.read(contactRoutes.read, { params });
  const ofThem = (limit: string) => ({ query: { contactId: contact.id, limit } });
  const mayReadMoney = hasRole(call, MONEY_READERS);
  const mayHelp = hasRole(call, PEOPLE);
  const mayEdit = mayHelp && isThere(contact);
  const shown: ContactShown = {
    site: siteOf(call),
    contact,
    mayEdit,
    notice: query.notice,
    change: UNTRIED,
    grant: UNTRIED,
    subscribe: UNTRIED,
    tag: UNTRIED,
    note: UNTRIED,
    login: UNTRIED,
    ...tries,
    fields: (await api.read(contactFieldRoutes.listFields, {})).data,
    notes: mayEdit ? (await api.read(contactNoteRoutes.listNotes, { params, query: { limit: '50' } })).data : null,
    access: (await api.read(contactRoutes.products, { params })).data,
    help: mayHelp ? await api.read(loginHelpRoutes.ofContact, { params }) : null,
    sessions: mayEdit ? (await api.read(contactSessionRoutes.list, { params })).data : null,
    purchases: mayReadMoney ? (await api.read(purchaseRoutes.list, ofThem('200'))).data : null,
    payments: mayReadMoney ? await readPayments(call, contact.id) : null,
    mayRefund: hasRole(call, BILLING),
    sent: mayReadMoney ? (await api.read(emailRoutes.list, ofThem('20'))).data : null,
    suppression: mayReadMoney ? await readSuppression(call, contact.id) : null,
    offers: mayEdit ? (await api.read(offerRoutes.list, { query: { limit: '200' } })).data : [],
  };
  return page(contact.name ?? contact.email, <ContactPage {...shown} />, status);
}

const readSuppression = async ({ api }: PageCall, contactId: string): Promise<ApiSuppression | null> =>
  (await api.read(suppressionRoutes.list, { query: { contactId, limit: '1' } })).data[0] ?? null;

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
