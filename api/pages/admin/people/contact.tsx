import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import { EVERYBODY, MONEY_READERS, PEOPLE } from '../../../auth/roles.ts';
import type { doneSchema } from '../../../inbox/command-schema.ts';
import type { accessSchema, contactSchema } from '../../../people/contact-schema.ts';
import type { offerSchema } from '../../../catalog/offer-schema.ts';
import type { paymentTotals } from '../../../platform/overview-schema.ts';
import type { purchaseSummarySchema } from '../../../purchase/purchase-schema.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { ContactPage, type Sent } from './contact-view.tsx';

/** A form on the page: what was typed, and what the API said to it. */
type Tried = { form: FormState; problem: ProblemBody | null };

const UNTRIED: Tried = { form: EMPTY_FORM, problem: null };

/** Everything that there is to say of a person; null = not for this role. */
export type ContactShown = {
  site: Site;
  contact: z.output<typeof contactSchema>;
  access: z.output<typeof accessSchema>[];
  purchases: z.output<typeof purchaseSummarySchema>[] | null;
  totals: z.output<typeof paymentTotals>[] | null;
  sent: Sent[] | null;
  offers: z.output<typeof offerSchema>[];
  mayEdit: boolean;
  notice: string | undefined;
  change: Tried;
  grant: Tried;
};

type List<Row> = { data: Row[] };

const pathOf = ({ params }: PageCall): string => `/v1/contacts/${encodeURIComponent(params.contactId ?? '')}`;

/** One person: purchases, access and why, emails; offers are granted here. */
export const contactPage: Page = {
  path: '/contacts/{contactId}',
  audience: 'admin',
  roles: EVERYBODY,
  show: (call) => showContact(call),
  submit: (call, form) => (form.step === 'grant' ? grantOffer(call, form) : changeContact(call, form)),
};

type Tries = Partial<Pick<ContactShown, 'change' | 'grant' | 'notice'>>;

async function showContact(call: PageCall, tries: Tries = {}, status = 200): Promise<PageAnswer> {
  const { api, query } = call;
  const contact = await api.get<ContactShown['contact']>(pathOf(call));
  const of = `contactId=${contact.id}`;
  const all = async <Row,>(path: string): Promise<Row[]> => (await api.get<List<Row>>(path)).data;
  const mayReadMoney = hasRole(call, MONEY_READERS);
  const mayEdit = hasRole(call, PEOPLE);
  const shown: ContactShown = {
    site: siteOf(call),
    contact,
    mayEdit,
    notice: query.notice,
    change: UNTRIED,
    grant: UNTRIED,
    ...tries,
    access: await all(`${pathOf(call)}/products`),
    purchases: mayReadMoney ? await all(`/v1/purchases?${of}&limit=200`) : null,
    totals: mayReadMoney ? await all(`${pathOf(call)}/totals`) : null,
    sent: mayReadMoney ? await all(`/v1/emails?${of}&limit=20`) : null,
    offers: mayEdit ? await all('/v1/offers?limit=200') : [],
  };
  return page(contact.name ?? contact.email, <ContactPage {...shown} />, status);
}

async function changeContact(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const answer = await call.api.send<unknown>('patch', pathOf(call), { body, key });
  if (answer.isDone) return redirect(`/contacts/${call.params.contactId}?notice=changed`);
  const { status, problem } = answer;
  return showContact(call, { notice: undefined, change: { form: refusedForm(typed, problem), problem } }, status);
}

type Granted = z.output<typeof doneSchema>;

/** Granting is a command of the new purchase: it is carried out at once, or a moment later. */
async function grantOffer(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const { contactId } = call.params;
  const answer = await call.api.send<Granted>('post', '/v1/grants', { body: { ...body, contactId }, key });
  if (answer.isDone) return redirect(`/contacts/${contactId}?notice=${answer.status === 202 ? 'granting' : 'granted'}`);
  const { status, problem } = answer;
  return showContact(call, { notice: undefined, grant: { form: refusedForm(typed, problem), problem } }, status);
}
