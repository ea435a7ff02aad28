import type { NextStepKind } from '../../../../workflows/domain/login-cause.ts';
import type { ApiLoginCause, ApiLoginHelp } from '../../../people/login-help-schema.ts';
import type { Site } from '../../page.ts';
import { FormKey } from '../../parts/fields.tsx';
import { Badge, ProblemNotice } from '../../parts/notice.tsx';
import { STEP_WORDS } from '../../words/login-help.ts';
import { suppressionOf } from '../mail/suppressions.tsx';
import type { Tried } from './contact-shown.ts';
import { CAUSE_WORDS } from './login-causes.tsx';

type BoxProps = { help: ApiLoginHelp; site: Site; login: Tried };

/** Why they get no login email or cannot log in, the likeliest first, each with a step [R14.2]. */
export const LoginHelpBox = ({ help, site, login }: BoxProps) => (
  <section id="login-help">
    <h2>Why can’t they log in?</h2>
    <ProblemNotice problem={login.problem} />
    <Causes help={help} site={site} login={login} />
  </section>
);

export const Causes = ({ help: { causes, contactId }, site, login }: BoxProps) => (
  <ul className="access">
    {causes.map((cause, index) => (
      <li key={`${cause.code} ${index}`}>
        <p>{CAUSE_WORDS[cause.code](cause, site)}</p>
        <Matches cause={cause} />
        <Step cause={cause} contactId={contactId} login={login} />
      </li>
    ))}
  </ul>
);

const Matches = ({ cause: { evidence } }: { cause: ApiLoginCause }) =>
  evidence.nearMatches.length === 0 ? null : (
    <ul>
      {evidence.nearMatches.map(({ contactId, email, isCustomer }) => (
        <li key={contactId}>
          <a href={`/contacts/${contactId}`}>{email}</a> {isCustomer ? <Badge tone="good">Customer</Badge> : null}
        </li>
      ))}
    </ul>
  );

/** The steps that are done by pressing one button, by the form's step. */
const PRESSED: Partial<Record<NextStepKind, string>> = {
  send_welcome_again: 'resend',
  send_email_again: 'resend',
  send_login_link: 'login-link',
  unlock: 'unlock',
};

type StepProps = { cause: ApiLoginCause; contactId: string | null; login: Tried };

function Step({ cause, contactId, login }: StepProps) {
  const { kind } = cause.nextStep;
  const label = STEP_WORDS[kind];
  if (label === null) return null;
  const step = PRESSED[kind];
  if (step !== undefined)
    return (
      <form method="post">
        <FormKey form={login.form} />
        {step === 'resend' ? <input type="hidden" name="_email" value={aboutOf(cause)} /> : null}
        <button name="_step" value={step}>
          {label}
        </button>
      </form>
    );
  return (
    <a className="btn" href={addressOf(cause, contactId)}>
      {label}
    </a>
  );
}

/** What the route of a step is about: `/v1/emails/{id}/resend`. */
const aboutOf = ({ nextStep: { path } }: ApiLoginCause): string => path?.split('/').at(3) ?? '';

/** Where the others are done, most of them by the page that asks first. */
function addressOf({ nextStep: { kind, path }, evidence }: ApiLoginCause, contactId: string | null): string {
  const of = `/purchases/${evidence.purchaseId}`;
  const pages: Partial<Record<NextStepKind, string>> = {
    restore_access: `${of}/restore`,
    resume: `${of}/resume`,
    retry_payment: `${of}/retry-payment`,
    extend_access: `${of}/extend`,
    lift_suppression: suppressionOf(contactId ?? ''),
    switch_email_on: path === '/v1/settings' ? '/email-templates/member-welcome' : (path ?? '').replace('/v1', ''),
    correct_address: (path ?? '').replace('/v1', ''),
  };
  return pages[kind] ?? `/contacts/${contactId}`;
}
