import { verbRoutes } from '../../../verbs/verb-routes.ts';
import { VERB_NAMES, type VerbName } from '../../../../workflows/domain/verb.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { askedVerb } from '../../../verbs/index.ts';
import { readForm, type Form, type FormTexts } from '../../form.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { SHOWN_VERBS } from '../../verbs/index.ts';
import { problemInWords } from '../../words/refusal.ts';
import { purchasePath, readPurchase, type Purchase } from './read-purchase.ts';
import { VerbView } from './verb-view.tsx';

/**
 * Each verb's page: what it asks for, what it would do, and the button that does exactly that
 * [R6.5].
 */
export const verbPages: readonly Page[] = VERB_NAMES.map((verb) => ({
  path: `/purchases/{purchaseId}/${verb}`,
  audience: 'admin',
  roles: askedVerb(verb).roles,
  async show(call) {
    const purchase = await readPurchase(call);
    const choices = (await SHOWN_VERBS[verb].choices?.(call, purchase)) ?? [];
    const typed = SHOWN_VERBS[verb].initial?.(purchase, siteOf(call), call.query, choices) ?? {};
    const form = readForm(typed, siteOf(call).timeZone);
    const body = SHOWN_VERBS[verb].reads?.(form.body) ?? form.body;
    return shown({ verb, call, purchase, form: { ...form, body }, refused: null });
  },
  submit: (call, form) => submitted(verb, call, form),
}));

/** Belongs to the preview that was shown, and not to the next one. */
const withoutPreview = ({ planHash: _hash, expectedVersion: _version, ...body }: Form['body']): Form['body'] => body;

async function submitted(verb: VerbName, call: PageCall, typed: Form): Promise<PageAnswer> {
  const form = { ...typed, body: SHOWN_VERBS[verb].reads?.(typed.body) ?? typed.body };
  // Never without a preview that somebody has seen.
  const isAsked = form.step === 'do' && form.body.planHash !== undefined;
  if (!isAsked) return shown({ verb, call, purchase: await readPurchase(call), form, refused: null });
  const answer = await ask(verb, call, form.body, form.key);
  const purchase = await readPurchase(call);
  if (!answer.isDone) return shown({ verb, call, purchase, form: withNewKey(form), refused: answer.problem });
  const { body } = answer;
  if (body.status === 'preview') return shown({ verb, call, purchase, form, refused: null });
  const { id } = 'command' in body ? body.command : body;
  return redirect(`${purchasePath(purchase.id)}?command=${id}`);
}

const ask = (verb: VerbName, { api, params }: PageCall, body: Form['body'], key?: string) =>
  api.ask(verbRoutes[verb], { params: { purchaseId: params.purchaseId ?? '' }, body, key });

/** A refusal may be stored under its key, so a corrected form is another request. */
const withNewKey = (form: Form): Form => {
  const { _key: _old, ...typed } = form.typed;
  return { ...form, typed };
};

type Showing = { verb: VerbName; call: PageCall; purchase: Purchase; form: Form; refused: ProblemBody | null };

async function shown({ verb, call, purchase, form, refused }: Showing): Promise<PageAnswer> {
  const site = siteOf(call);
  const body = withoutPreview(form.body);
  const around = { site, purchase, body };
  const choices = (await SHOWN_VERBS[verb].choices?.(call, purchase)) ?? [];
  const looked = await ask(verb, call, { ...body, dryRun: true });
  const preview = looked.isDone && looked.body.status === 'preview' ? looked.body : null;
  const cannot = looked.isDone ? null : problemInWords(looked.problem, around);
  const isStale = refused?.code === 'preview_stale' || refused?.code === 'state_moved';
  const problem = refused && !isStale ? problemInWords(refused, around) : null;
  const errors = problem?.errors ?? (form.step === '' ? [] : (cannot?.errors ?? []));
  const state = { typed: withoutOldPreview(form.typed), errors };
  const view = (
    <VerbView
      verb={verb}
      purchase={purchase}
      site={site}
      preview={preview}
      cannot={cannot}
      isStale={isStale}
      problem={problem}
      body={body}
      role={call.visitor?.role ?? null}
      choices={choices}
      form={state}
    />
  );
  return page(
    `${SHOWN_VERBS[verb].word} · ${purchase.offer.name}`,
    view,
    refused?.status ?? (form.step === '' ? 200 : (cannot?.status ?? 200)),
  );
}

const withoutOldPreview = ({ planHash: _hash, 'expectedVersion@int': _version, ...typed }: FormTexts): FormTexts =>
  typed;
