import type { FormState } from '../../form.ts';
import { LOOKS } from './email-view.tsx';

/** `src`: what is shown before anybody asks; `name`: what is previewed, such as `email`. */
type Shown = { form: FormState; action: string; src?: string; name: string };

/** The words of the form around it, as they look, in the width and the light of the chosen look. */
export const PreviewFrame = ({ form, action, src, name: what }: Shown) => (
  <>
    <fieldset className="looks">
      <legend className="unseen">Looks</legend>
      {LOOKS.map(({ name, label }) => (
        <label key={name} className="choice">
          <input
            type="radio"
            name="_look"
            value={name}
            defaultChecked={(form.typed._look?.at(-1) ?? 'desk') === name}
          />
          {label}
        </label>
      ))}
    </fieldset>
    <div className="actions">
      <button formAction={action} formTarget="preview">
        Preview
      </button>
      <button name="_step" value="test">
        Send me a test
      </button>
    </div>
    <div className="email-frame" role="region" aria-label={`Preview of the ${what}`} tabIndex={0}>
      <iframe className="email" title={`The ${what}`} name="preview" src={src} />
    </div>
  </>
);
