import type { Role, VerbName } from '../../../../workflows/domain/verb.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import type { FormState } from '../../form.ts';
import type { Site } from '../../page.ts';
import { FormKey, LongText, type Option } from '../../parts/fields.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { SHOWN_VERBS } from '../../verbs/index.ts';
import { Axes, PurchaseHead } from './head.tsx';
import { Pending } from './notices.tsx';
import { PlanInWords } from './plan.tsx';
import { purchasePath, type Preview, type Purchase } from './read-purchase.ts';
import { PossibleVerbs, whyNot } from './verbs.tsx';

type ViewProps = {
  verb: VerbName;
  purchase: Purchase;
  site: Site;
  role: Role | null;
  form: FormState;
  choices: readonly Option[];
  /** The form's body as the API reads it. */
  body: Record<string, unknown>;
  preview: Preview | null;
  /** Why there is no preview. */
  cannot: ProblemBody | null;
  /** The purchase has changed since the preview that was shown. */
  isStale: boolean;
  /** Why it was not done. */
  problem: ProblemBody | null;
};

export function VerbView(props: ViewProps) {
  const { verb, purchase, site, problem, isStale } = props;
  const reason = whyNot(verb, props);
  return (
    <>
      <p>
        <a href={purchasePath(purchase.id)}>← Back to the purchase</a>
      </p>
      <PurchaseHead purchase={purchase} site={site} level="p" />
      <Axes purchase={purchase} site={site} />
      <h1>{SHOWN_VERBS[verb].word}</h1>
      <Pending purchase={purchase} site={site} />
      <ProblemNotice problem={problem} />
      {isStale ? (
        <Notice tone="warn">
          <strong>The outcome has changed since the preview, so nothing was done.</strong> Below is what it would do
          now. Press again if that is what you want.
        </Notice>
      ) : null}
      {reason === null ? <VerbForm {...props} /> : <NotNow {...props} reason={reason} />}
    </>
  );
}

/** The state forbids it: says why, and what is possible instead [R6.1]. */
const NotNow = ({ reason, ...props }: ViewProps & { reason: string }) => (
  <>
    <Notice tone="warn">
      <strong>Not possible now.</strong> {reason}
    </Notice>
    <h2>What you can do instead</h2>
    <PossibleVerbs {...props} />
  </>
);

const VerbForm = (props: ViewProps) => {
  const { verb, form } = props;
  const { intro, fields: Fields } = SHOWN_VERBS[verb];
  return (
    <form
      method="post"
      action={`${purchasePath(props.purchase.id)}/${verb}`}
      className="cols even verb-form"
      data-previews=""
    >
      <div>
        <p>{intro}</p>
        <FormKey form={form} />
        {Fields ? <Fields {...props} /> : null}
        <LongText name="reason" label="Reason" help="For your team; kept in the timeline." form={form} />
        <button name="_step" value="preview">
          Show what this would do
        </button>
      </div>
      <PlanArea {...props} />
    </form>
  );
};

/** What the form still lacks is a hint and no failure: it is asked after every change. */
const Cannot = ({ problem }: { problem: ProblemBody }) =>
  problem.status === 422 ? (
    <Notice tone="warn">{problem.detail}</Notice>
  ) : (
    <ProblemNotice problem={{ ...problem, errors: [] }} />
  );

/**
 * Rendered again with every change of the form; its hidden fields bind the button to this preview.
 */
function PlanArea({ verb, purchase, site, preview, cannot, body }: ViewProps) {
  const { button, isDangerous, withoutEmails } = SHOWN_VERBS[verb];
  return (
    <section className="plan-area" data-preview="plan" aria-labelledby="plan-title">
      <h2 id="plan-title">What this would do</h2>
      {cannot ? <Cannot problem={cannot} /> : null}
      {preview ? (
        <>
          <PlanInWords preview={preview} purchase={purchase} site={site} withoutEmails={withoutEmails} />
          <input type="hidden" name="planHash" value={preview.planHash} />
          <input type="hidden" name="expectedVersion@int" value={preview.version} />
          <button id="do" name="_step" value="do" className={isDangerous?.(body) ? 'danger' : 'primary'}>
            {typeof button === 'string' ? button : button(body, { preview, site })}
          </button>
        </>
      ) : null}
    </section>
  );
}
