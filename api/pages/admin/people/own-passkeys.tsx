import { EMPTY_FORM, type FormState } from '../../form.ts';
import type { Site } from '../../page.ts';
import { Table } from '../../parts/list.tsx';
import { Day } from '../../parts/when.tsx';
import { OwnPassword } from './own-app.tsx';
import type { OwnSignIn } from './own-sign-in.ts';

type Part = { own: OwnSignIn; site: Site; step: string; form: FormState };

/** The passkeys that there are, and another one. */
export const PasskeyPart = ({ own: { passkeys }, site, step, form }: Part) => (
  <section>
    <h2>Passkeys</h2>
    <p>A passkey signs you in by itself, with your finger, face or PIN, in place of password and code.</p>
    {passkeys.length === 0 ? null : (
      <Table
        caption="Your passkeys, the newest first"
        rows={passkeys}
        keyOf={({ id }) => id}
        empty={null}
        columns={[
          { label: 'Name', at: '1', cell: ({ name }) => <bdi>{name}</bdi> },
          { label: 'Added', at: '2', cell: ({ createdAt }) => <Day at={createdAt} site={site} /> },
          { label: 'Last used', at: '2r', cell: ({ lastUsedAt }) => <Day at={lastUsedAt} site={site} none="Never" /> },
        ]}
      />
    )}
    <form method="post" className="narrow passkey">
      <OwnPassword within="passkey" form={step === 'passkey' ? form : EMPTY_FORM} />
      <button name="_step" value="passkey">
        Add a passkey
      </button>
    </form>
    {passkeys.length === 0 ? null : <ChangePasskeys passkeys={passkeys} step={step} form={form} />}
  </section>
);

const CHANGES = ['passkey-name', 'passkey-off'];

const ChangePasskeys = ({ passkeys, step, form }: Pick<OwnSignIn, 'passkeys'> & Pick<Part, 'step' | 'form'>) => (
  <details open={CHANGES.includes(step)}>
    <summary>Rename or remove a passkey</summary>
    {passkeys.map(({ id, name }) => (
      <form key={id} method="post" className="narrow">
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <input type="hidden" name="_passkey" value={id} />
        <div className="field">
          <label htmlFor={`name-${id}`}>Name</label>
          <input id={`name-${id}`} name="name" defaultValue={name} maxLength={100} />
        </div>
        <button name="_step" value="passkey-name">
          Rename
        </button>
        <div className="field">
          <label htmlFor={`password-${id}`}>Your password, to remove it</label>
          <input id={`password-${id}`} name="password" type="password" autoComplete="current-password" />
          {form.typed._passkey?.at(-1) === id && form.errors[0] ? (
            <small className="error">{form.errors[0].message}</small>
          ) : null}
        </div>
        <button className="danger" name="_step" value="passkey-off">
          Remove
        </button>
      </form>
    ))}
  </details>
);
