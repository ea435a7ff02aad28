import type { ReactNode } from 'react';
import { BILLING } from '../../../auth/roles.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { promotionCodeRoutes } from '../../../catalog/promotion-codes.ts';
import { settingsRoutes } from '../../../platform/settings.ts';
import { SELF_CHANGES } from '../../../../workflows/domain/settings.ts';
import { TRIAL_SCOPES } from '../../../../workflows/domain/trial.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type FormState, refusedForm } from '../../form.ts';
import { inSite, page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { LANGUAGE_CODES } from '../../../../emails/languages/codes.ts';
import { LANGUAGES } from '../../../../emails/languages/index.ts';
import { ChoiceField, Flag, FormKey, LongText, SelectField, TextField } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import type { Code } from '../catalog/promotion-codes.tsx';
import type { FieldsProps, Settings } from './settings-shown.ts';
import { BounceFields } from './settings-bounces.tsx';
import { LeavingSettings, RetentionFields } from './settings-leaving.tsx';
import { MoneySettings } from './settings-money.tsx';
import { PausingSettings } from './settings-pausing.tsx';

/** How the site is called, looks and is found. */
export const settingsPage: Page = {
  path: '/settings',
  audience: 'admin',
  roles: BILLING,
  show: (call) => showSettings(call, EMPTY_FORM, null, 200),
  async submit(call, { body, typed, key }) {
    const answer = await call.api.ask(settingsRoutes.change, { body, key });
    if (answer.isDone) return redirect('/settings?notice=saved');
    const { status, problem } = answer;
    return showSettings(call, refusedForm(typed, problem), asMarked(problem), status);
  },
};

async function showSettings(
  call: PageCall,
  form: FormState,
  problem: ProblemBody | null,
  status: number,
): Promise<PageAnswer> {
  const settings = await call.api.read(settingsRoutes.read, {});
  const { data: codes } = await call.api.read(promotionCodeRoutes.list, { query: { limit: '200' } });
  const shown = {
    settings,
    codes: codesToOffer(codes, settings),
    form,
    problem,
    site: siteOf(call),
    notice: call.query.notice,
  };
  return page('Settings', <SettingsView {...shown} />, status);
}

/** A code that has ended is shown as long as it is the one that was chosen. */
const codesToOffer = (codes: readonly Code[], { retention }: Settings): Code[] =>
  codes.filter(
    ({ id, state, firstPurchaseOnly }) =>
      id === retention.promotionCodeId || (state === 'active' && !firstPurchaseOnly),
  );

type Shown = {
  settings: Settings;
  codes: readonly Code[];
  form: FormState;
  problem: ProblemBody | null;
  site: Site;
  notice: string | undefined;
};

const SettingsView = ({ settings, codes, form, problem, site, notice }: Shown) => (
  <>
    <div className="head">
      <h1>Settings</h1>
      <a href="/settings/receipts">Receipts …</a>
      <a href="/settings/plan">Plan …</a>
    </div>
    {notice === 'saved' ? <Notice tone="good">The change has been saved.</Notice> : null}
    <ProblemNotice problem={problem} />
    <form method="post" className="narrow">
      <FormKey form={form} />
      <div className="head">
        <h2>Your site</h2>
        <a className="btn" href={inSite(site, '/login')}>
          See it
        </a>
        <button className="primary">Save</button>
      </div>
      <SiteFields form={form} settings={settings} codes={codes} />
    </form>
  </>
);

const SiteFields = (props: FieldsProps & Pick<Shown, 'codes'>): ReactNode => (
  <>
    <Named {...props} />
    <Looks {...props} />
    <Policies {...props} />
    <OfEmails {...props} />
    <MoneySettings {...props} />
    <LeavingSettings {...props} />
    <RetentionFields {...props} />
    <Customers {...props} />
    <BounceFields {...props} />
    <Flag
      name="requireSecondFactor@flag"
      label="Everybody in the team signs in with a second factor"
      form={props.form}
      isSet={props.settings.requireSecondFactor}
      help="Who has none is led to set one up. API keys go on."
    />
  </>
);

const Named = ({ form, settings }: FieldsProps) => (
  <>
    <TextField
      name="siteName"
      label="Name"
      required
      form={form}
      initial={settings.siteName}
      help="Heads your customers’ pages and emails."
    />
    <TextField
      name="slug"
      label="Short name in the address"
      required
      form={form}
      initial={settings.slug}
      help={`Your site is at ${settings.siteUrl}. Links to an address that it had lead on to the new one.`}
    />
    <TextField
      name="supportEmail"
      label="Support email"
      type="email"
      required
      form={form}
      initial={settings.supportEmail}
      help="Customers’ questions and answers to emails go there."
    />
    <LongText
      name="postalAddress@text?"
      label="Postal address"
      form={form}
      initial={settings.postalAddress ?? undefined}
      help="Stands at the foot of each email and page, as many countries require by law."
    />
  </>
);

const OfEmails = ({ form, settings }: FieldsProps) => (
  <SelectField
    name="language"
    label="Language"
    form={form}
    initial={settings.language}
    options={LANGUAGE_CODES.map((value) => ({ value, label: LANGUAGES[value].name }))}
    help="Of emails to your team and experts, and to contacts who have chosen none."
  />
);

const Looks = ({ form, settings }: FieldsProps) => (
  <>
    <TextField
      name="color@text?"
      label="Color"
      form={form}
      initial={settings.color ?? undefined}
      help="Such as #a8452a, for buttons, marks and links. Where words would be hard to read, it is made lighter or darker."
    />
    <TextField
      name="logoUrl@text?"
      label="Logo"
      form={form}
      initial={settings.logoUrl ?? undefined}
      help="Its address, which begins with https://. Leave blank for the first letter of the name."
    />
  </>
);

const SELF_CHANGE_WORDS: Record<Settings['selfChange'], string> = {
  off: 'not at all',
  upgrades: 'only to one that costs more a month',
  all: 'to any of them',
};

const TRIAL_WORDS: Record<Settings['trialOnce'], string> = {
  offer: 'once for each offer',
  site: 'once, whatever the offer',
  always: 'with every purchase',
};

const Customers = ({ form, settings }: FieldsProps) => (
  <>
    <ChoiceField
      name="selfChange"
      label="Within a group of offers, customers may change by themselves"
      form={form}
      initial={settings.selfChange}
      options={SELF_CHANGES.map((value) => ({ value, label: SELF_CHANGE_WORDS[value] }))}
    />
    <PausingSettings form={form} settings={settings} />
    <ChoiceField
      name="trialOnce"
      label="A customer is given a trial"
      form={form}
      initial={settings.trialOnce}
      options={TRIAL_SCOPES.map((value) => ({ value, label: TRIAL_WORDS[value] }))}
    />
  </>
);

const Policies = ({ form, settings }: FieldsProps) => (
  <>
    <TextField
      name="termsUrl@text?"
      label="Terms"
      form={form}
      initial={settings.termsUrl ?? undefined}
      help="The address of your terms, linked where people buy."
    />
    <TextField
      name="privacyUrl@text?"
      label="Privacy policy"
      form={form}
      initial={settings.privacyUrl ?? undefined}
      help="The address of your privacy policy, linked where people buy."
    />
  </>
);
