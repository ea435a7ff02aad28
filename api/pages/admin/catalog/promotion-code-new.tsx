import { BILLING } from '../../../auth/roles.ts';
import { offerRoutes } from '../../../catalog/offers.ts';
import { promotionCodeRoutes } from '../../../catalog/promotion-codes.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import {
  ChoiceField,
  FormKey,
  InstantField,
  ListField,
  SelectField,
  TextField,
  type Option,
} from '../../parts/fields.tsx';
import { isCharged } from '../../../../workflows/domain/price.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { CURRENCIES } from './price-fields.tsx';
import { clockOf } from '../../words/instant.ts';

/** A new code [R4.6]. */
export const newPromotionCodePage: Page = {
  path: '/promotion-codes/new',
  audience: 'admin',
  roles: BILLING,
  show: (call) => showForm(call, EMPTY_FORM, null, 200),
  async submit(call, form) {
    const answer = await call.api.ask(promotionCodeRoutes.create, { body: bodyOf(form), key: form.key });
    if (answer.isDone) return redirect(`/promotion-codes/${answer.body.id}?notice=made`);
    return showForm(call, refusedForm(form.typed, answer.problem), asMarked(answer.problem), answer.status);
  },
};

/** What was typed beside the choice that was made is left out. */
function bodyOf({ body, typed }: Form): Form['body'] {
  const { percentOff, amountOffMinor, currency, months, offerIds, limits, ...rest } = body;
  const isAmount = typed._off?.at(-1) === 'amount';
  const lasts = typed._lasts?.at(-1);
  const chosen = Array.isArray(limits) ? limits : [];
  const some = Array.isArray(offerIds) && offerIds.length > 0;
  return {
    ...rest,
    ...(isAmount ? { amountOffMinor, currency } : { percentOff: toNumber(percentOff) }),
    ...(some && { offerIds }),
    duration: lasts === 'months' ? { months } : lasts,
    oncePerContact: chosen.includes('oncePerContact'),
    firstPurchaseOnly: chosen.includes('firstPurchaseOnly'),
  };
}

/** What is no number stays text, and the API names the field. */
const toNumber = (text: unknown): unknown =>
  typeof text === 'string' && /^\d{1,3}([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text;

async function showForm(
  call: PageCall,
  form: FormState,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const { data } = await call.api.read(offerRoutes.list, { query: { archived: 'false', limit: '200' } });
  const offers = data.filter(({ price }) => isCharged(price)).map(({ id, name }) => ({ value: id, label: name }));
  const shown = { form, problem, offers, site: siteOf(call) };
  return page('Create a promotion code', <NewCode {...shown} />, status);
}

type Shown = { form: FormState; problem: ProblemBody | null; offers: Option[]; site: Site };

const NewCode = ({ form, problem, offers, site }: Shown) => (
  <>
    <p className="crumbs">
      <a href="/promotion-codes">Promotion codes</a>
    </p>
    <div className="head">
      <h1>Create a promotion code</h1>
    </div>
    <ProblemNotice problem={problem} />
    <form method="post" className="narrow">
      <FormKey form={form} />
      <TextField name="code" label="Code" form={form} help="Letters, digits and dashes, such as SPRING." required />
      <Off form={form} />
      <Lasts form={form} />
      <ListField
        name="offerIds@list"
        label="Offers"
        form={form}
        options={offers}
        help="If none is checked, the code is good for all of them, later ones included."
      />
      <InstantField
        name="endsAt@instant?"
        label="Ends"
        form={form}
        help={`${clockOf(site)}. Leave blank for no end.`}
      />
      <TextField
        name="maxUses@int?"
        label="Number of uses"
        form={form}
        inputMode="numeric"
        help="Leave blank for any number."
      />
      <ListField name="limits@list" label="Only" form={form} options={LIMITS} />
      <p className="quiet">A code cannot be changed once it is created, but it can be ended.</p>
      <button className="primary">Create code</button>
    </form>
  </>
);

const LIMITS = [
  { value: 'oncePerContact', label: 'Once for each person' },
  { value: 'firstPurchaseOnly', label: 'For a first purchase' },
];

const Off = ({ form }: { form: FormState }) => (
  <ChoiceField
    name="_off"
    label="Takes off"
    form={form}
    initial="percent"
    options={[
      {
        value: 'percent',
        label: 'A percentage',
        asks: <TextField name="percentOff" label="Percent" form={form} inputMode="decimal" />,
      },
      {
        value: 'amount',
        label: 'An amount',
        asks: (
          <div className="beside">
            <TextField name="amountOffMinor@minor:currency" label="Amount" form={form} inputMode="decimal" />
            <SelectField name="currency" label="Currency" form={form} initial="usd" options={CURRENCIES} />
          </div>
        ),
      },
    ]}
  />
);

const Lasts = ({ form }: { form: FormState }) => (
  <ChoiceField
    name="_lasts"
    label="For"
    form={form}
    initial="once"
    options={[
      { value: 'once', label: 'The first charge' },
      {
        value: 'months',
        label: 'The charges of some months',
        asks: <TextField name="months@int" label="Months" form={form} inputMode="numeric" />,
      },
      { value: 'forever', label: 'Every charge' },
    ]}
  />
);
