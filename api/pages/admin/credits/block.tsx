import { BILLING, PEOPLE } from '../../../auth/roles.ts';
import { expertRoutes } from '../../../credits/experts.ts';
import { officeHoursRoutes } from '../../../credits/office-hours.ts';
import type { ProblemBody } from '../../../http/problem.ts';
import { asMarked } from '../../marked.ts';
import { EMPTY_FORM, type Form, type FormState, refusedForm } from '../../form.ts';
import { hasRole, page, redirect, siteOf, type Page, type PageAnswer, type PageCall, type Site } from '../../page.ts';
import { Archived } from '../../parts/archive.tsx';
import { FormKey } from '../../parts/fields.tsx';
import { Facts } from '../../parts/list.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { When } from '../../parts/when.tsx';
import { BlockFields, blockInWords, type Block } from './block-fields.tsx';
import type { Expert } from './hours-words.ts';

type Refused = { form?: FormState; problem?: ProblemBody; status?: number };

/** Those who may host, and whoever hosts it now. */
async function hostsOf({ api }: PageCall, block?: Block): Promise<Expert[]> {
  const { data } = await api.read(expertRoutes.list, { query: { limit: '200' } });
  return data.filter(({ id, archivedAt }) => archivedAt === null || id === block?.expertId);
}

export const newBlockPage: Page = {
  path: '/office-hours/new',
  audience: 'admin',
  roles: BILLING,
  show: (call) => showNew(call, {}),
  async submit(call, { body, typed, key }) {
    const answer = await call.api.ask(officeHoursRoutes.create, { body, key });
    if (answer.isDone) return redirect(`/office-hours/${answer.body.id}?notice=made`);
    const { status, problem } = answer;
    return showNew(call, { form: refusedForm(typed, problem), problem: asMarked(problem), status });
  },
};

async function showNew(call: PageCall, { form = EMPTY_FORM, problem, status }: Refused): Promise<PageAnswer> {
  const experts = await hostsOf(call);
  return page(
    'Add office hours',
    <>
      <Crumbs />
      <div className="head">
        <h1>Add office hours</h1>
      </div>
      <ProblemNotice problem={problem ?? null} />
      {experts.length === 0 ? (
        <div className="empty">
          <p>
            An expert hosts office hours, and there are none yet. <a href="/experts/new">Add an expert</a> first.
          </p>
        </div>
      ) : (
        <form method="post" className="narrow">
          <FormKey form={form} />
          <BlockFields form={form} experts={experts} />
          <button className="primary">Add office hours</button>
        </form>
      )}
    </>,
    status,
  );
}

const Crumbs = () => (
  <p className="crumbs">
    <a href="/office-hours">Office hours</a>
  </p>
);

const paramsOf = ({ params }: PageCall) => ({ blockId: params.blockId ?? '' });

/** One block, and when it comes next. */
export const blockPage: Page = {
  path: '/office-hours/{blockId}',
  audience: 'admin',
  roles: PEOPLE,
  show: (call) => showBlock(call, {}),
  submit: (call, form) =>
    form.step === 'archive' || form.step === 'unarchive' ? putAway(call, form, form.step) : save(call, form),
};

async function save(call: PageCall, { body, typed, key }: Form): Promise<PageAnswer> {
  const params = paramsOf(call);
  const answer = await call.api.ask(officeHoursRoutes.change, { params, body, key });
  if (answer.isDone) return redirect(`/office-hours/${params.blockId}?notice=saved`);
  const { status, problem } = answer;
  return showBlock(call, { form: refusedForm(typed, problem), problem: asMarked(problem), status });
}

async function putAway(call: PageCall, { key }: Form, step: 'archive' | 'unarchive'): Promise<PageAnswer> {
  const params = paramsOf(call);
  const answer = await call.api.ask(officeHoursRoutes[step], { params, key });
  return answer.isDone ? redirect(`/office-hours/${params.blockId}?notice=${step}d`) : showBlock(call, answer);
}

async function showBlock(call: PageCall, refused: Refused): Promise<PageAnswer> {
  const block = await call.api.read(officeHoursRoutes.read, { params: paramsOf(call) });
  const experts = await hostsOf(call, block);
  const shown = { block, experts, site: siteOf(call), mayEdit: hasRole(call, BILLING), notice: call.query.notice };
  return page(blockInWords(block), <BlockView {...shown} {...refused} />, refused.status);
}

const NOTICES: Record<string, string> = {
  made: 'The office hours have been added.',
  saved: 'The change has been saved. Seats that are booked stay as they are.',
  archived: 'The office hours have been archived: there are no more dates.',
  unarchived: 'The office hours are no longer archived.',
};

type Shown = Refused & {
  block: Block;
  experts: Expert[];
  site: Site;
  mayEdit: boolean;
  notice: string | undefined;
};

function BlockView({ block, experts, site, mayEdit, notice, form = EMPTY_FORM, problem }: Shown) {
  const word = notice === undefined ? undefined : NOTICES[notice];
  return (
    <>
      <Crumbs />
      <div className="head">
        <h1>{blockInWords(block)}</h1>
      </div>
      {word === undefined ? null : <Notice tone="good">{word}</Notice>}
      <ProblemNotice problem={problem ?? null} />
      {block.archivedAt === null ? null : (
        <Archived what="block of office hours" effect="There are no more dates." mayEdit={mayEdit} />
      )}
      <Facts
        facts={[
          [
            'Host',
            <a key="host" href={`/experts/${block.expertId}`}>
              {block.expertName}
            </a>,
          ],
          ['Next', <Dates key="dates" block={block} site={site} />],
        ]}
      />
      {mayEdit ? <Edit block={block} experts={experts} form={form} /> : null}
    </>
  );
}

const Dates = ({ block, site }: { block: Block; site: Site }) => (
  <>
    {block.dates.slice(0, 4).map(({ date, startsAt }, index) => (
      <span key={date}>
        {index === 0 ? '' : ' · '}
        <When at={startsAt} site={site} />
      </span>
    ))}
    {block.dates.length === 0 ? 'none' : ''}
  </>
);

const Edit = ({ block, experts, form }: { block: Block; experts: Expert[]; form: FormState }) => (
  <form method="post" className="narrow">
    <FormKey form={form} />
    <BlockFields form={form} experts={experts} block={block} />
    <div className="actions">
      <button className="primary">Save</button>
      {block.archivedAt === null ? (
        <button name="_step" value="archive">
          Archive
        </button>
      ) : null}
    </div>
  </form>
);
