import type { ReactNode } from 'react';
import type { Form, FormTexts } from '../form.ts';

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
