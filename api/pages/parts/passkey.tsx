import type { ReactNode } from 'react';
import { EMPTY_FORM, type Form, type FormTexts } from '../form.ts';
import { TextField } from './fields.tsx';

type ButtonProps = {
  does: 'create' | 'get';
  label: string;
  /** What the browser is given; else where it is asked for. */
  options?: object;
  optionsAt?: string;
  isMain?: boolean;
};

/**
 * The button of a form that brings what a passkey answers. Nothing of it is there where no script
 * runs, or the browser knows no passkeys.
 */
export const PasskeyButton = ({ does, label, options, optionsAt, isMain = false }: ButtonProps): ReactNode => (
  <>
    <input type="hidden" name="credential" value="" />
    <button
      type="button"
      className={isMain ? 'primary' : undefined}
      data-passkey={does}
      data-options={options && JSON.stringify(options)}
      data-options-at={optionsAt}
      data-otherwise="No passkey was used. Try again, or go on without one."
    >
      {label}
    </button>
    <small className="error" role="alert" data-said="" hidden />
  </>
);

/** The browser makes it when the button is pressed; `back`: to where whoever wants none goes. */
export const MakePasskey = ({ options, back }: { options: object; back: string }) => (
  <section className="lone">
    <h1>Add a passkey</h1>
    <form method="post" className="passkey">
      <TextField
        name="name"
        label="Name"
        form={EMPTY_FORM}
        initial="My device"
        help="By which you know it again: your phone, your computer, a security key."
        required
      />
      <input type="hidden" name="_step" value="passkey-made" />
      <PasskeyButton does="create" label="Make the passkey" options={options} isMain />
    </form>
    <p className="quiet">
      <a href={back}>Not now</a>
    </p>
  </section>
);

/** A form's body with what the browser has answered; what is no JSON stays text, and is refused. */
export const withCredential = ({ body, typed }: Pick<Form, 'body' | 'typed'>): Form['body'] => ({
  ...body,
  credential: parsed(typed),
});

function parsed({ credential }: FormTexts): unknown {
  const text = credential?.at(-1) ?? '';
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
