import type { ProblemBody } from '../../../http/problem.ts';
import { EMPTY_FORM, type FormState } from '../../form.ts';
import type { Site } from '../../page.ts';
import { TextField } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { CopyButton } from '../../parts/copy-link.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { Day } from '../../parts/when.tsx';
import type { OwnSignIn } from './own-sign-in.ts';

export const OwnPassword = ({ form, within }: { form: FormState; within: string }) => (
  <TextField
    within={within}
    name="password"
    label="Your password"
    type="password"
    autoComplete="current-password"
    form={form}
    required
  />
);

type CodeProps = { form: FormState; help: string; within: string };

const OneCode = (props: CodeProps) => (
  <TextField {...props} name="code" label="Code" autoComplete="one-time-code" required />
);

type Part = { own: OwnSignIn; site: Site; step: string; form: FormState };

/** The form whose button was pressed shows what was wrong; the others are as they were. */
const formOf = ({ step, form }: Part, name: string): FormState => (step === name ? form : EMPTY_FORM);

/** The app that shows codes: set up, or switched off. */
export const AppPart = (part: Part) => (
  <section className="narrow">
    <h2>Codes of an app</h2>
    {part.own.app ? (
      <>
        <p>
          Set up on <Day at={part.own.app.since} site={part.site} />. Signing in asks for its code.
        </p>
        <details open={part.step === 'app-off'}>
          <summary>Switch off, or move to another phone</summary>
          <form method="post">
            <OwnPassword within="app-off" form={formOf(part, 'app-off')} />
            <OneCode within="app-off" form={formOf(part, 'app-off')} help="Of the app, or a recovery code." />
            <button className="danger" name="_step" value="app-off">
              Switch off
            </button>
          </form>
        </details>
      </>
    ) : (
      <>
        <p>An app on your phone shows six digits that change every 30 seconds. Signing in asks for them.</p>
        <form method="post">
          <OwnPassword within="app" form={formOf(part, 'app')} />
          <button className="primary" name="_step" value="app">
            Set up an app
          </button>
        </form>
      </>
    )}
  </section>
);

/** How many recovery codes are left, and ten others. */
export const RecoveryPart = (part: Part) => (
  <section className="narrow">
    <h2>Recovery codes</h2>
    <p>
      {part.own.recoveryCodesLeft} of ten are left. Each lets you in once, if you have nothing else at hand; keep them
      where you keep your passwords.
    </p>
    <details open={part.step === 'codes'}>
      <summary>Make ten others</summary>
      <form method="post">
        <OwnPassword within="codes" form={formOf(part, 'codes')} />
        <OneCode within="codes" form={formOf(part, 'codes')} help="Of your app, or one of the recovery codes." />
        <button name="_step" value="codes">
          Make ten others
        </button>
        <p className="quiet">Those that you have now work no more.</p>
      </form>
    </details>
  </section>
);

type Begun = { secret: string; uri: string; form: FormState; problem: ProblemBody | null };

const MOST_OF_URI = 500;

/** The secret as the app reads it, and the code that proves it. */
export const ProveApp = ({ secret, uri, form, problem }: Begun) => (
  <section className="lone">
    <h1>Set up an app</h1>
    <ProblemNotice problem={problem} />
    <p>Scan this with an app such as Google Authenticator, 1Password or Aegis.</p>
    {uri.startsWith('otpauth://') && uri.length <= MOST_OF_URI ? (
      <QrCode text={uri} label="QR code with the secret for your app" />
    ) : null}
    <p>
      Or type it in: <code>{secret.match(/.{1,4}/g)?.join(' ')}</code> <CopyButton what="the secret" text={secret} />
    </p>
    <form method="post">
      <input type="hidden" name="_secret" value={secret} />
      <input type="hidden" name="_uri" value={uri} />
      <OneCode within="proof" form={form} help="The six digits that the app shows now." />
      <button className="primary" name="_step" value="app-proof">
        Use this app
      </button>
    </form>
    <p className="quiet">
      <a href="/security">Not now</a>
    </p>
  </section>
);

/** Shown once. */
export const RecoveryCodes = ({ codes }: { codes: string[] }) => (
  <section className="lone">
    <h1>Your recovery codes</h1>
    <p>
      Keep them where you keep your passwords: each lets you in once, if your phone is lost. They are shown this one
      time.
    </p>
    <ul className="codes">
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ul>
    <p>
      <CopyButton what="all recovery codes" text={codes.join('\n')} />
    </p>
    <p>
      <a className="btn primary" href="/security?notice=kept">
        I have kept them
      </a>
    </p>
  </section>
);
