import type { z } from 'zod';
import { capital } from '../../../../emails/words/sentence.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { signUpRoutes, type plansSchema } from '../../../platform/sign-up.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { page, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { ChoiceField, Flag, TextField } from '../../parts/fields.tsx';
import { ZoneField } from '../../parts/calls/zone-form.tsx';
import { moneyInWords } from '../../parts/money.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { roomInWords } from '../../words/quota.ts';

type OnSale = z.output<typeof plansSchema>;
type Prices = OnSale['access'];

const TITLE = 'Sign up';

/** Where anybody begins with an account of their own; it is made once its plan is paid [R18]. */
export const signUpPage: Page = {
  path: '/sign-up',
  audience: 'public',
  show: (call) => show(call, EMPTY_FORM, null, 200),
  async submit(call, { body, typed }) {
    const answer = await call.api.ask(signUpRoutes.begin, { body: { ...body, language: call.language ?? undefined } });
    if (answer.isDone && answer.status === 202) return lookIntoInbox(typed.email?.at(-1)?.trim() ?? '');
    if (answer.isDone) return { kind: 'handOver', to: answer.body.url, title: 'Continue to payment' };
    return show(call, refusedForm(typed, answer.problem), answer.problem, answer.status);
  },
};

async function show(call: PageCall, form: FormState, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const { plans, access } = await call.api.read(signUpRoutes.plans, {});
  return page(TITLE, <SignUp plans={plans} access={access} form={form} problem={problem} />, status);
}

const SignUp = ({ plans, access, form, problem }: OnSale & { form: FormState; problem: ProblemBody | null }) => (
  <section className="lone">
    <h1>{TITLE}</h1>
    <ProblemNotice problem={problem} />
    <form method="post">
      <ChoiceField name="plan" label="Plan" form={form} initial={plans[0]?.plan} options={plans.map(toOption)} />
      <ChoiceField
        name="interval"
        label="Billed"
        form={form}
        initial="month"
        options={[
          { value: 'month', label: 'Monthly' },
          { value: 'year', label: 'Yearly' },
        ]}
      />
      <Access access={access} form={form} />
      <TextField name="accountName" label="Name of your site" form={form} required />
      <TextField
        name="email"
        label="Email"
        type="email"
        autoComplete="email"
        form={form}
        required
        help="You sign in with it. We send you a link to confirm it."
      />
      <ZoneField form={form} />
      <button className="primary">Continue to payment</button>
    </form>
    <p className="quiet">
      You pay on Stripe’s page. Have you an account already? <a href="/sign-in">Sign in</a>
    </p>
  </section>
);

const toOption = ({ plan, name, prices }: OnSale['plans'][number]) => ({
  value: plan,
  label: `${name}: ${inWords(prices)}`,
  asks: <Quotas prices={prices} />,
});

const Access = ({ access, form }: Pick<OnSale, 'access'> & { form: FormState }) =>
  access.month || access.year ? (
    <Flag
      name="access@flag"
      label={`With Access: ${inWords(access)}`}
      form={form}
      help="Calls with our experts, office hours, and twice of everything. It is charged to the same card."
    />
  ) : null;

function inWords({ month, year }: Prices): string {
  const words = [month && `${moneyInWords(month)} a month`, year && `${moneyInWords(year)} a year`];
  return words.filter((one) => one !== null).join(', or ');
}

function Quotas({ prices: { month, year } }: { prices: Prices }) {
  const { quotas = {} } = month ?? year ?? {};
  return <small className="quiet">{capital(`${roomInWords(quotas)}.`)}</small>;
}

/** The same whatever the address has here [R5.7]. */
const lookIntoInbox = (email: string): PageAnswer =>
  page(
    'Check your inbox',
    <section className="lone">
      <h1>Check your inbox</h1>
      <p>
        We cannot continue to payment with <strong>{email}</strong> and this name. An email that says what to do instead
        is on its way there; we send at most three an hour.
      </p>
      <p>
        <a href="/sign-up">Choose another name or address</a>
      </p>
    </section>,
  );

/** Where Stripe leads once the plan is paid; the rest comes by email to whose address it is. */
export const signedUpPage: Page = {
  path: '/sign-up/thanks',
  audience: 'public',
  show: async () =>
    page(
      'Thank you',
      <section className="lone">
        <h1>Thank you</h1>
        <p>
          Your account is being made. A link is on its way to your email address: open it within 24 hours, choose a
          password, and you are in.
        </p>
        <p>
          Nothing after a few minutes? Check your spam folder, or <a href="/sign-up/link">have the link sent again</a>.
        </p>
      </section>,
    ),
};
