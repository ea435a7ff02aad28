import type { Count } from '../../../../db/counts.ts';
import { SEGMENT_FILTER_KINDS } from '../../../../workflows/domain/segment.ts';
import { PEOPLE } from '../../../auth/roles.ts';
import { offerRoutes } from '../../../catalog/offers.ts';
import { productRoutes } from '../../../catalog/products.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { contactFieldRoutes } from '../../../people/contact-fields.ts';
import { segmentRoutes } from '../../../people/segments.ts';
import { EMPTY_FORM, readForm, refusedForm, type Form, type FormState, type FormTexts } from '../../form.ts';
import { asMarked } from '../../marked.ts';
import { page, redirect, siteOf, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import type { Option } from '../../parts/fields.tsx';
import { filtersOf, rowOf, rowsOf, withRows } from './segment-rows.ts';
import type { Choices } from './segment-row.tsx';
import { SegmentForm } from './segment-form.tsx';
import type { Segment } from './segments.tsx';

const PATH = '/contacts/segments';

type Tried = { form?: FormState; problem?: ProblemBody | null; count?: Count | undefined; status?: number };

export const newSegmentPage: Page = {
  path: `${PATH}/new`,
  audience: 'admin',
  roles: PEOPLE,
  show: (call) => show(call, null),
  submit: (call, form) => submit(call, null, form),
};

export const segmentPage: Page = {
  path: `${PATH}/{segmentId}`,
  audience: 'admin',
  roles: PEOPLE,
  show: async (call) => show(call, await theSegment(call)),
  submit: async (call, form) => submit(call, await theSegment(call), form),
};

const paramsOf = ({ params }: PageCall) => ({ segmentId: params.segmentId ?? '' });
const theSegment = (call: PageCall): Promise<Segment> => call.api.read(segmentRoutes.read, { params: paramsOf(call) });

async function show(call: PageCall, segment: Segment | null, tried: Tried = {}): Promise<PageAnswer> {
  const form = tried.form ?? (segment ? savedForm(segment) : { ...EMPTY_FORM, typed: { match: ['all'] } });
  const saved = segment && !tried.form ? await countOf(call, segment) : undefined;
  return page(
    segment?.name ?? 'Create a segment',
    <SegmentForm
      segment={segment}
      choices={await choicesOf(call, segment)}
      form={form}
      rows={rowsOf(form.typed)}
      problem={tried.problem ?? null}
      count={tried.count ?? saved}
      notice={tried.form ? undefined : call.query.notice}
    />,
    tried.status,
  );
}

const savedForm = ({ name, match, filters }: Segment): FormState => ({
  typed: withRows({ name: [name], match: [match] }, filters.map(rowOf)),
  errors: [],
});

async function countOf(
  { api }: PageCall,
  { match, filters }: Pick<Segment, 'match' | 'filters'>,
): Promise<Count | undefined> {
  const answer = await api.ask(segmentRoutes.countThem, { body: { match, filters } });
  return answer.isDone ? answer.body : undefined;
}

async function submit(call: PageCall, segment: Segment | null, form: Form): Promise<PageAnswer> {
  const [step, place] = form.step.split(' ');
  const rows = rowsOf(form.typed);
  if (step === 'delete') return remove(call, segment, form);
  if (step === 'add') return again(call, segment, withRows(form.typed, [...rows, newRow(form.typed)]));
  if (step === 'remove')
    return again(
      call,
      segment,
      withRows(
        form.typed,
        rows.filter((_, index) => index !== Number(place)),
      ),
    );
  return step === 'count' ? countTyped(call, segment, form) : save(call, segment, form);
}

const again = (call: PageCall, segment: Segment | null, typed: FormTexts): Promise<PageAnswer> =>
  show(call, segment, { form: { typed, errors: [] } });

/** A field is chosen as `field:<key>`. */
function newRow(typed: FormTexts): Record<string, string[]> {
  const [kind = '', field] = (typed._kind?.at(-1) ?? '').split(':');
  const known = SEGMENT_FILTER_KINDS.find((one) => one === kind) ?? 'tag';
  return { kind: [known], ...(field !== undefined && { field: [field] }) };
}

/** What was typed, its rows in order, as the API takes it; a count asks for no name. */
function asTyped(call: PageCall, { typed }: Form, leftOut?: 'name') {
  const texts = withRows(typed, rowsOf(typed));
  const { body, key } = readForm(texts, siteOf(call).timeZone);
  body.filters = filtersOf(body);
  if (leftOut) delete body[leftOut];
  return { texts, key, body };
}

async function countTyped(call: PageCall, segment: Segment | null, form: Form): Promise<PageAnswer> {
  const { texts, body } = asTyped(call, form, 'name');
  const answer = await call.api.ask(segmentRoutes.countThem, { body });
  if (answer.isDone) return show(call, segment, { form: { typed: texts, errors: [] }, count: answer.body });
  return refused(call, segment, texts, answer);
}

async function save(call: PageCall, segment: Segment | null, form: Form): Promise<PageAnswer> {
  const { texts, body, key } = asTyped(call, form);
  const asked = { body, key };
  const answer = segment
    ? await call.api.ask(segmentRoutes.change, { ...asked, params: paramsOf(call) })
    : await call.api.ask(segmentRoutes.create, asked);
  if (answer.isDone) return redirect(`${PATH}/${answer.body.id}?notice=saved`);
  return refused(call, segment, texts, answer);
}

type Refused = { status: number; problem: ProblemBody };

const refused = (call: PageCall, segment: Segment | null, texts: FormTexts, { status, problem }: Refused) =>
  show(call, segment, { form: refusedForm(texts, problem), problem: asMarked(problem), status });

async function remove(call: PageCall, segment: Segment | null, { key }: Form): Promise<PageAnswer> {
  const answer = await call.api.ask(segmentRoutes.remove, { params: paramsOf(call), key });
  if (answer.isDone) return redirect(`${PATH}?notice=deleted`);
  const { status, problem } = answer;
  return show(call, segment, { problem, status });
}

/** So many of each are offered. */
const MOST = '200';

async function choicesOf({ api }: PageCall, segment: Segment | null): Promise<Choices> {
  const { data: fields } = await api.read(contactFieldRoutes.listFields, {});
  const { data: offers } = await api.read(offerRoutes.list, { query: { limit: MOST } });
  const { data: products } = await api.read(productRoutes.list, { query: { limit: MOST } });
  const { data: segments } = await api.read(segmentRoutes.list, {});
  const options = (named: readonly { id: string; name: string }[]): Option[] =>
    named.map(({ id, name }) => ({ value: id, label: name }));
  const defaults = [
    { value: 'customers', label: 'Customers' },
    { value: 'subscribed', label: 'Subscribed' },
  ];
  return {
    fields,
    offers: options(offers),
    products: options(products),
    segments: [...defaults, ...options(segments.filter(({ id }) => id !== segment?.id))],
    currencies: currenciesOf(offers),
  };
}

/** Those in which the account sells, with those that most sell in. */
const currenciesOf = (offers: readonly { price: object }[]): string[] => [
  ...new Set([...offers.flatMap(({ price }) => ('currency' in price ? String(price.currency) : [])), 'eur', 'usd']),
];
