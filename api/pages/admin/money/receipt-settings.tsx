import type { z } from 'zod';
import { BILLING } from '../../../auth/roles.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { receiptSettingRoutes } from '../../../money/receipt-settings.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { page, redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { FormKey, LongText, TextField } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';

const PATH = '/settings/receipts';

/** Who sells, as receipts say it. */
export const receiptSettingsPage: Page = {
  path: PATH,
  audience: 'admin',
  roles: BILLING,
  show: (call) => showSettings(call, EMPTY_FORM, null, 200),
  async submit(call, { body, typed, key }) {
    const answer = await call.api.ask(receiptSettingRoutes.change, { body, key });
    if (answer.isDone) return redirect(`${PATH}?notice=saved`);
    return showSettings(call, refusedForm(typed, answer.problem), answer.problem, answer.status);
  },
};

async function showSettings(
  call: PageCall,
  form: FormState,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const settings = await call.api.read(receiptSettingRoutes.read, {});
  const shown = { settings, form, problem, isSaved: call.query.notice === 'saved' };
  return page('Receipts', <SettingsView {...shown} />, status);
}

type Settings = z.output<(typeof receiptSettingRoutes)['read']['answers'][200]>;
type Shown = { settings: Settings; form: FormState; problem: ProblemBody | null; isSaved: boolean };

const SettingsView = ({ settings, form, problem, isSaved }: Shown) => (
  <>
    <div className="head">
      <h1>Receipts</h1>
      <a href="/settings">All settings</a>
    </div>
    {isSaved ? <Notice tone="good">The change has been saved. It holds from the next payment on.</Notice> : null}
    <ProblemNotice problem={problem} />
    <form method="post" className="narrow">
      <FormKey form={form} />
      <div className="head">
        <h2>Who sells</h2>
        <button className="primary">Save</button>
      </div>
      <SellerFields settings={settings} form={form} />
    </form>
  </>
);

type FieldsProps = Pick<Shown, 'settings' | 'form'>;

const SellerFields = ({ settings, form }: FieldsProps) => (
  <>
    <TextField
      name="name@text?"
      label="Name"
      form={form}
      initial={settings.name ?? undefined}
      help={`Of your company, or your own. Receipts say “${settings.seller.name}” now.`}
    />
    <LongText
      name="address@text?"
      label="Address"
      form={form}
      initial={settings.address ?? undefined}
      help="Leave blank for the postal address of your site. Receipts that have a number already stay as they are."
    />
    <TextField
      name="taxId@text?"
      label="Tax ID"
      form={form}
      initial={settings.taxId ?? undefined}
      help="Such as a VAT number, where you have one."
    />
  </>
);
