import type { z } from 'zod';
import type { EntryType } from '../../../../workflows/domain/outcome.ts';
import type { CommandName } from '../../../../workflows/domain/verb.ts';
import type { EmailKind } from '../../../../emails/catalogue.ts';
import { BILLING, MONEY_READERS } from '../../../auth/roles.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { reconciliationRoutes } from '../../../reconcile/reconciliation.ts';
import type { repairPreview } from '../../../reconcile/reconciliation-schema.ts';
import { EMPTY_FORM, refusedForm, type FormState } from '../../form.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { actorInWords } from '../../parts/actor.tsx';
import { FormKey, LongText } from '../../parts/fields.tsx';
import { Facts } from '../../parts/list.tsx';
import { Badge, Notice, ProblemNotice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { ACCESS_WORDS } from '../../words/access.ts';
import { BILLING_WORDS } from '../../words/billing.ts';
import { CAUSE_WORDS, DIFFERENCE_STATE_WORDS, DIFFERENCE_WORDS, REPAIR_WORDS } from '../../words/difference.ts';
import { commandInWords } from '../../words/command.ts';
import { emailInWords } from '../../words/email.ts';
import { ENTRY_WORDS } from '../../words/entry.ts';
import { inRealTime } from '../../words/instant.ts';
import { RECONCILIATION, SeverityBadge, type Listed } from './differences.tsx';

type Preview = z.output<typeof repairPreview>;

const paramsOf = ({ params }: PageCall) => ({ differenceId: params.differenceId ?? '' });

/** One difference: both sides, what its repair would do, and its button. */
export const differencePage: Page = {
  path: `${RECONCILIATION}/{differenceId}`,
  audience: 'admin',
  roles: MONEY_READERS,
  show: (call) => show(call, EMPTY_FORM, null, 200),
  async submit(call, { body, typed, key }) {
    const params = paramsOf(call);
    const planHash = typed._hash?.at(-1);
    const answer =
      typed._step?.at(-1) === 'dismiss'
        ? await call.api.ask(reconciliationRoutes.dismiss, { params, body, key })
        : await call.api.ask(reconciliationRoutes.repair, { params, body: { planHash }, key });
    if (!answer.isDone) return show(call, refusedForm(typed, answer.problem), answer.problem, answer.status);
    return redirect(typed._step?.at(-1) === 'dismiss' ? RECONCILIATION : `${RECONCILIATION}?notice=repairing`);
  },
};

async function show(call: PageCall, form: FormState, problem: ProblemBody | null, status: number): Promise<PageAnswer> {
  const params = paramsOf(call);
  const difference = await call.api.read(reconciliationRoutes.readOne, { params });
  const mayRepair = hasRole(call, BILLING) && (difference.state === 'open' || difference.state === 'dismissed');
  const asked = mayRepair ? await call.api.ask(reconciliationRoutes.repair, { params, body: { dryRun: true } }) : null;
  const preview = asked?.isDone && asked.body.status === 'preview' ? asked.body : null;
  const words = DIFFERENCE_WORDS[difference.kind];
  return page(
    words,
    <>
      <p className="crumbs">
        <a href={RECONCILIATION}>Reconciliation</a>
      </p>
      <div className="head">
        <h1>{words}</h1>
        <Badge tone={DIFFERENCE_STATE_WORDS[difference.state].tone}>
          {DIFFERENCE_STATE_WORDS[difference.state].label}
        </Badge>
      </div>
      <ProblemNotice problem={problem} />
      <p>{difference.detail}</p>
      <About difference={difference} site={siteOf(call)} />
      {preview ? <Repair preview={preview} site={siteOf(call)} /> : null}
      {asked && !asked.isDone ? <Notice tone="warn">{asked.problem.detail}</Notice> : null}
      {mayRepair && difference.state === 'open' ? <Dismiss form={form} /> : null}
    </>,
    status,
  );
}

function About({ difference, site }: { difference: Listed; site: Site }) {
  const { purchase, objectId, cause, createdAt, endedAt, by, note, severity } = difference;
  const here = inRealTime(site.timeZone);
  return (
    <Facts
      facts={[
        ['Severity', <SeverityBadge key="severity" severity={severity} />],
        [
          'Purchase',
          purchase ? (
            <a key="purchase" href={`/purchases/${purchase.id}`}>
              {purchase.offer.name}, {purchase.contact.name ?? purchase.contact.email}
            </a>
          ) : (
            'None that is known'
          ),
        ],
        ['About', <code key="id">{objectId}</code>],
        ['First seen (real time)', <When key="seen" at={createdAt} site={here} />],
        ...(cause === null ? [] : ([['Cause', CAUSE_WORDS[cause]]] as [string, string][])),
        ...(endedAt === null ? [] : ([['Mended', <When key="ended" at={endedAt} site={here} />]] as const)),
        ...(by === null ? [] : ([['Decided', actorInWords(by)]] as const)),
        ...(note === null ? [] : ([['Note', note]] as const)),
      ]}
    />
  );
}

const Repair = ({ preview, site }: { preview: Preview; site: Site }) => (
  <section>
    <h2>How it is mended</h2>
    <p>{REPAIR_WORDS[preview.repair].what}</p>
    <WouldDo preview={preview} site={site} />
    {preview.repair === 'none' ? null : (
      <form method="post" className="actions">
        <FormKey form={EMPTY_FORM} />
        <input type="hidden" name="_hash" value={preview.planHash} />
        <button className="primary">{REPAIR_WORDS[preview.repair].button}</button>
      </form>
    )}
  </section>
);

function WouldDo({
  preview: { before, after, entries, emails, verbs, repair },
  site,
}: {
  preview: Preview;
  site: Site;
}) {
  if (!before || !after) return null;
  if (entries.length === 0 && repair === 'read')
    return <p className="quiet">Nothing about the purchase would change: it is looked at again.</p>;
  return (
    <ul>
      <li>
        Billing: {BILLING_WORDS[before.billingStatus].label} → {BILLING_WORDS[after.billingStatus].label}. Access:{' '}
        {ACCESS_WORDS[before.accessStatus].label} → {ACCESS_WORDS[after.accessStatus].label}
      </li>
      {entries.map(({ type, at }) => (
        <li key={`${type} ${at}`}>
          {ENTRY_WORDS[type as EntryType].label}, as of <When at={at} site={site} />
        </li>
      ))}
      {emails.map(({ kind, to }, index) => (
        <li key={index}>
          Email: {emailInWords(kind as EmailKind)}, to {to === 'customer' ? 'the customer' : to}
        </li>
      ))}
      {verbs.length === 0 ? null : (
        <li>Then by itself: {verbs.map((verb) => commandInWords(verb as CommandName)).join(', ')}</li>
      )}
    </ul>
  );
}

const Dismiss = ({ form }: { form: FormState }) => (
  <section>
    <h2>Leave it</h2>
    <form method="post" className="narrow">
      <FormKey form={form} />
      <LongText name="note" label="Why it may stay" form={form} />
      <button name="_step" value="dismiss">
        Dismiss it
      </button>
    </form>
  </section>
);
