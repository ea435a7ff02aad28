import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import { customerSessionRoutes } from '../../../people/customer-sessions.ts';
import { myPasskeyRoutes } from '../../../people/my-passkeys.ts';
import { EMPTY_FORM, refusedForm, type Form, type FormState } from '../../form.ts';
import { inSite, OF_SITE, page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import type { Site } from '../../page.ts';
import { FormKey, TextField } from '../../parts/fields.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { MakePasskey, withCredential } from '../../parts/passkey.tsx';
import { Day } from '../../parts/when.tsx';
import { Told } from '../notices.tsx';

type Own = z.output<(typeof myPasskeyRoutes.list.answers)[200]>;
type Passkey = Own['data'][number];

type Step = (call: PageCall, form: Form) => Promise<PageAnswer>;

/** The passkeys of a customer [R14.1]. */
export const myPasskeysPage: Page = {
  path: `${OF_SITE}/passkeys`,
  audience: 'customer',
  show: (call) => shown(call, { form: EMPTY_FORM, problem: null }),
  submit: (call, form) => (STEPS[form.step] ?? begin)(call, form),
};

const here = (call: PageCall): string => inSite(siteOf(call), '/passkeys');
const done = (call: PageCall, notice: string): PageAnswer => redirect(`${here(call)}?notice=${notice}`);
const whichOf = ({ typed }: Form) => ({ passkeyId: typed._passkey?.at(-1) || 'none' });

async function begin(call: PageCall, { typed, key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(myPasskeyRoutes.begin, { key });
  if (!answer.isDone) return refused(call, typed, answer);
  return page('Add a passkey', <MakePasskey {...answer.body} back={here(call)} />);
}

const STEPS: Record<string, Step> = {
  async 'send-link'(call, { typed }) {
    const body = { email: call.visitor?.email ?? '', accountId: siteOf(call).id };
    const answer = await call.api.ask(customerSessionRoutes.sendLink, { body });
    return answer.isDone ? done(call, 'link-sent') : refused(call, typed, answer);
  },
  async 'passkey-made'(call, form) {
    const answer = await call.api.ask(myPasskeyRoutes.add, { body: withCredential(form) });
    return answer.isDone ? done(call, 'passkey-added') : refused(call, form.typed, answer);
  },
  async rename(call, form) {
    const answer = await call.api.ask(myPasskeyRoutes.rename, {
      params: whichOf(form),
      body: form.body,
      key: form.key,
    });
    return answer.isDone ? done(call, 'passkey-renamed') : refused(call, form.typed, answer);
  },
  async remove(call, form) {
    const answer = await call.api.ask(myPasskeyRoutes.remove, { params: whichOf(form), key: form.key });
    return answer.isDone ? done(call, 'passkey-removed') : refused(call, form.typed, answer);
  },
};

type Tried = { form: FormState; problem: ProblemBody | null };

const refused = (call: PageCall, typed: Form['typed'], { problem, status }: { problem: ProblemBody; status: number }) =>
  shown(call, { form: refusedForm(typed, problem), problem }, status);

async function shown(call: PageCall, tried: Tried, status = 200): Promise<PageAnswer> {
  const own = await call.api.read(myPasskeyRoutes.list, {});
  const isLookedAt = call.visitor?.preview != null;
  const view = { own, isLookedAt, notice: call.query.notice, site: siteOf(call), ...tried };
  return page('Passkeys', <Passkeys {...view} />, status);
}

/** `isLookedAt`: by somebody else than the customer, who adds none. */
type Shown = Tried & { own: Own; isLookedAt: boolean; notice: string | undefined; site: Site };

const Passkeys = ({ own: { data: passkeys, canAdd }, isLookedAt, form, problem, notice, site }: Shown) => (
  <>
    <div className="head">
      <h1>Passkeys</h1>
      <a href={inSite(site, '/library')}>Back to your library</a>
    </div>
    <Told notice={notice} />
    <ProblemNotice problem={problem} />
    <p>A passkey logs you in with your finger, face or PIN. Password and emailed links go on working.</p>
    {passkeys.length === 0 ? (
      <div className="empty">
        <p>You have no passkey here.</p>
      </div>
    ) : null}
    {passkeys.map((passkey) => (
      <PasskeyBox key={passkey.id} passkey={passkey} form={form} site={site} />
    ))}
    {canAdd ? <AddPasskey /> : null}
    {canAdd || isLookedAt ? null : <ProveFirst />}
  </>
);

const AddPasskey = () => (
  <form method="post" className="passkey">
    <FormKey form={EMPTY_FORM} />
    <button className="primary" name="_step" value="add">
      Add a passkey
    </button>
  </form>
);

/** A passkey is for whoever reads the mail of the address. */
const ProveFirst = () => (
  <>
    <p>To add one, first open a link that we email you. Open it in this browser: then your password stays as it is.</p>
    <form method="post">
      <FormKey form={EMPTY_FORM} />
      <button className="primary" name="_step" value="send-link">
        Email me a link
      </button>
    </form>
  </>
);

type BoxProps = { passkey: Passkey; form: FormState; site: Site };

const PasskeyBox = ({ passkey: { id, name, createdAt, lastUsedAt }, form, site }: BoxProps) => {
  const isTried = form.typed._passkey?.at(-1) === id;
  return (
    <article className="box stack" aria-labelledby={`passkey-${id}`}>
      <h2 id={`passkey-${id}`}>
        <bdi>{name}</bdi>
      </h2>
      <p className="quiet">
        Added <Day at={createdAt} site={site} />, last used <Day at={lastUsedAt} site={site} none="never" />.
      </p>
      <details open={isTried}>
        <summary>Rename or remove</summary>
        <form method="post" className="narrow">
          <FormKey form={EMPTY_FORM} />
          <input type="hidden" name="_passkey" value={id} />
          <TextField within={id} name="name" label="Name" form={isTried ? form : EMPTY_FORM} initial={name} required />
          <button name="_step" value="rename">
            Rename
          </button>
        </form>
        <form method="post" className="actions">
          <FormKey form={EMPTY_FORM} />
          <input type="hidden" name="_passkey" value={id} />
          <button className="danger" name="_step" value="remove">
            Remove
          </button>
        </form>
      </details>
    </article>
  );
};
