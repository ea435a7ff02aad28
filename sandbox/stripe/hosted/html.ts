/** Markup that is already safe to send. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function toText(value: unknown): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(toText).join('');
  if (value === null || value === undefined || value === false) return '';
  return `${value as string | number}`.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign]!);
}

/** A template whose values are escaped, nested `html` apart. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
  return new Html(strings.map((part, index) => part + (index < values.length ? toText(values[index]) : '')).join(''));
}

const STYLE = new Html(`
  :root { color-scheme: light; --ink: #1a1f36; --soft: #697386; --line: #e3e8ee; --accent: #4f46e5; --bad: #b3093c; }
  * { box-sizing: border-box; }
  body { margin: 0; font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; color: var(--ink); background: #f6f8fb; }
  .note { background: #fff4d6; color: #6b4f00; text-align: center; font-size: 13px; padding: 6px 16px; }
  main { max-width: 920px; margin: 40px auto; padding: 0 20px; display: grid; grid-template-columns: 1fr 1fr; gap: 40px; }
  @media (max-width: 720px) { main { grid-template-columns: 1fr; margin: 20px auto; } }
  section { background: #fff; border: 1px solid var(--line); border-radius: 14px; padding: 28px; box-shadow: 0 6px 24px rgb(26 31 54 / 6%); }
  .plain { background: none; border: 0; box-shadow: none; padding-left: 0; }
  h1 { font-size: 17px; color: var(--soft); font-weight: 500; margin: 0; }
  .total { font-size: 38px; font-weight: 650; letter-spacing: -0.02em; margin: 4px 0 20px; }
  dl { margin: 0; } dl div { display: flex; justify-content: space-between; gap: 16px; padding: 12px 0; border-top: 1px solid var(--line); }
  dt small { display: block; color: var(--soft); } dd { margin: 0; font-variant-numeric: tabular-nums; white-space: nowrap; }
  label { display: block; font-size: 14px; font-weight: 550; margin: 14px 0 4px; }
  input { width: 100%; padding: 11px 12px; font: inherit; border: 1px solid #c9d2de; border-radius: 8px; }
  input:focus { outline: 3px solid rgb(79 70 229 / 25%); border-color: var(--accent); }
  .row { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
  button { width: 100%; margin-top: 20px; padding: 13px; font: inherit; font-weight: 600; color: #fff; background: var(--accent); border: 0; border-radius: 9px; cursor: pointer; }
  button:hover { filter: brightness(1.08); } button.quiet { background: #fff; color: var(--ink); border: 1px solid #c9d2de; margin-top: 10px; }
  .error { background: #fdeff3; color: var(--bad); border-radius: 8px; padding: 10px 12px; margin: 0 0 12px; }
  .cards { color: var(--soft); font-size: 13px; } .cards code { color: var(--ink); } a { color: var(--accent); }
`);

export function page(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <p class="note" style="margin:0">Sandbox: no real money moves here. Use a test card.</p>
        <main>${content}</main>
      </body>
    </html>`.text;
}

const HINTS = [
  ['4242 4242 4242 4242', 'pays'],
  ['4000 0000 0000 9995', 'declined: insufficient funds'],
  ['4000 0000 0000 0341', 'can be saved, then declines'],
  ['4000 0025 0000 3155', '3-D Secure once'],
  ['4000 0027 6000 3184', '3-D Secure every time'],
];

export interface CardForm {
  action: string;
  submit: string;
  error?: string | undefined;
  askEmail?: boolean;
  email?: string | undefined;
  name?: string | undefined;
  number?: string | undefined;
}

/** The card form; a decline is shown above it and the person can try again. */
export function cardForm(form: CardForm): Html {
  const email = html`<label for="email">Email</label
    ><input id="email" name="email" type="email" autocomplete="email" value="${form.email}" required />`;
  return html`<form method="post" action="${form.action}">
    ${form.error && html`<p class="error" role="alert">${form.error}</p>`} ${form.askEmail && email}
    <label for="number">Card number</label>
    <input
      id="number"
      name="number"
      inputmode="numeric"
      autocomplete="cc-number"
      placeholder="4242 4242 4242 4242"
      value="${form.number}"
      required
    />
    <div class="row">
      <div>
        <label for="expiry">Expiry (MM / YY)</label
        ><input id="expiry" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="12 / 34" required />
      </div>
      <div>
        <label for="cvc">CVC</label
        ><input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" required />
      </div>
    </div>
    <label for="name">Name on card</label
    ><input id="name" name="name" autocomplete="cc-name" value="${form.name}" required />
    <button type="submit">${form.submit}</button>
    <p class="cards">Test cards: ${HINTS.map(([number, what]) => html`<br /><code>${number}</code> ${what}`)}</p>
  </form>`;
}

/** The bank's page, as far as there is one here: the person passes 3-D Secure or fails it. */
export function authenticationForm(action: string): Html {
  return html`<form method="post" action="${action}">
    <h1>3-D Secure</h1>
    <p>Your bank asks you to confirm this payment.</p>
    <button name="authenticate" value="pass">Complete authentication</button>
    <button class="quiet" name="authenticate" value="fail">Fail authentication</button>
  </form>`;
}
