import type { ReactNode } from 'react';
import { BILLING } from '../../auth/roles.ts';
import { digest } from '../digest.ts';
import type { AsTyped, Form } from '../form.ts';
import { hasRole, page, redirect, type Page, type PageAnswer, type PageCall } from '../page.ts';
import { chosenOf, Filters, SortChip } from '../parts/filters.tsx';
import { addressWith, Pager, sortLink, Table, type Column } from '../parts/list.tsx';
import { Notice } from '../parts/notice.tsx';
import { dateOf, inRealTime, type Here } from '../words/instant.ts';
import { cellOf, chooseColumns, type ListColumn } from './column.tsx';
import { csvOf } from './csv.ts';
import { changeViews, toView, viewNamed, viewsOf, type KeptView } from './kept-views.ts';
import { ColumnsChip, ViewsChip } from './list-tools.tsx';
import { UNTRIED, type List, type Shown, type Tried } from './list.ts';
import { allRows, readList, ROWS_AT_ONCE, without, type Read } from './read-list.ts';

type Query = AsTyped<string>;

/** What is in an address of a list beside its filters. */
const OF_LISTS = ['sort', 'columns', 'saved'] as const;

const ROWS_ON_A_PAGE = '25';

/** A list as a page, with the choice of its columns, its kept views, and a file of all its rows. */
export function listPage<Row, More>(list: List<Row, More>): Page {
  const { path, roles, watched, submit } = list;
  return {
    path,
    audience: 'admin',
    roles,
    show: (call) => show(list, call),
    download: (call) => download(list, call),
    submit: async (call, form) => {
      const done = (await submitView(list, call, form)) ?? (await submit?.(call, form)) ?? redirect(path);
      return 'kind' in done ? done : show(list, call, { tried: done });
    },
    ...(watched && { state: async (call) => digest((await read(list, call)).list.data.map(watched)) }),
  };
}

const read = <Row, More>(list: List<Row, More>, call: PageCall, limit = ROWS_ON_A_PAGE): Promise<Read<Row>> =>
  readList(without(chosenBy(list, call), ['columns', 'saved']), (asked) =>
    list.read(call, { ...asked, limit, cursor: call.query.cursor ?? '' }),
  );

const chosenBy = <Row, More>({ filters }: List<Row, More>, { query }: PageCall): Query =>
  chosenOf(query, [...filters, ...OF_LISTS]);

const hereOf = ({ visitor }: PageCall): Here => visitor?.account ?? inRealTime('UTC');

/** Everything that a page or a file of the list is made of. */
async function readShown<Row, More>(list: List<Row, More>, call: PageCall, limit?: string) {
  const found = await read(list, call, limit);
  const filter = without(found.asked, ['sort']);
  const chosen = without(chosenBy(list, call), found.leftOut);
  const more = await list.more({ call, filter });
  const shown = { call, here: (list.hereOf ?? hereOf)(call), chosen, filter, more };
  const all = list.columns(shown);
  const { columns, unknown } = chooseColumns(all, chosen.columns);
  return { found, all, columns, leftOut: [...found.leftOut, ...unknown], shown: { ...shown, rows: found.list.data } };
}

/** Forms that the API has refused: the list's own, or that of its views. */
type Refused = { tried?: Tried; ofViews?: Tried };

async function show<Row, More>(
  list: List<Row, More>,
  call: PageCall,
  { tried = UNTRIED, ofViews }: Refused = {},
): Promise<PageAnswer> {
  const { path } = list;
  const views = await viewsOf(call, list.name);
  const opened = viewNamed(views, call.query.open);
  if (opened) return toView(path, opened);
  const view = viewNamed(views, call.query.saved);
  const { found, all, columns, leftOut, shown: asked } = await readShown(list, call);
  const shown = { ...asked, tried };
  const lost = view ? [...leftOut, ...unknownTo(list, view)] : leftOut;
  const tools = (
    <>
      <ColumnsChip path={path} chosen={shown.chosen} all={all} shown={columns} />
      {call.visitor?.account ? (
        <ViewsChip
          path={path}
          views={views}
          view={view}
          isChanged={view !== null && isOther(view, shown.chosen)}
          mayShare={hasRole(call, BILLING)}
          tried={ofViews ?? null}
        />
      ) : null}
    </>
  );
  return page(
    list.title,
    <>
      <Above list={list} shown={shown} query={call.query} />
      <LeftOut names={lost} />
      <Around list={list} shown={shown} tools={tools} />
      <Rows list={list} shown={shown} columns={columns} nextCursor={found.list.nextCursor} />
    </>,
    (ofViews ?? tried).status,
  );
}

const cursorOf = ({ query: { cursor } }: PageCall): Record<string, string> => (cursor === undefined ? {} : { cursor });

const isOther = ({ query }: KeptView, chosen: Query): boolean =>
  addressWith('', sorted(query), {}) !== addressWith('', sorted(without(chosen, ['saved'])), {});

const sorted = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).toSorted(([one], [other]) => (one < other ? -1 : 1)));

const unknownTo = <Row, More>({ filters }: List<Row, More>, { query }: KeptView): string[] =>
  Object.keys(query).filter((name) => ![...filters, ...OF_LISTS].includes(name));

type Part<Row, More> = { list: List<Row, More>; shown: Shown<Row, More> };

function Above<Row, More>({ list, shown, query }: Part<Row, More> & { query: Record<string, string> }) {
  const { cursor: _cursor, notice: _notice, saved: _saved, ...rest } = { ...query, ...shown.chosen };
  return (
    <>
      {list.crumbs === undefined ? null : <p className="crumbs">{list.crumbs}</p>}
      <div className="head">
        <h1>{list.title}</h1>
        {shown.rows.length === 0 ? null : (
          <a className="btn" href={addressWith(`${list.path}.csv`, rest, {})} download>
            Export as CSV
          </a>
        )}
        {list.links?.(shown)}
      </div>
      {list.above?.(shown)}
    </>
  );
}

const LeftOut = ({ names }: { names: readonly string[] }) =>
  names.length === 0 ? null : (
    <Notice tone="warn">
      Left out, since this list does not know it, or not any more: {[...new Set(names)].join(', ')}. All else is as it
      was asked for.
    </Notice>
  );

function Around<Row, More>({ list, shown, tools }: Part<Row, More> & { tools: ReactNode }) {
  const { path, sorts = [] } = list;
  const kept = [...(list.kept?.(shown) ?? []), 'columns', 'saved'];
  return (
    <>
      <Filters path={path} chosen={shown.chosen} kept={kept} count={list.count?.(shown)} tools={tools}>
        {list.fields?.(shown)}
        {sorts.length > 1 ? <SortChip sorts={sorts} chosen={shown.chosen} /> : null}
      </Filters>
      {list.below?.(shown)}
    </>
  );
}

type RowsProps<Row, More> = Part<Row, More> & { columns: readonly ListColumn<Row>[]; nextCursor: string | null };

function Rows<Row, More>({ list, shown, columns, nextCursor }: RowsProps<Row, More>) {
  const { path, caption, keyOf = (row: Row) => (row as { id: string }).id } = list;
  return (
    <>
      <Table
        caption={typeof caption === 'string' ? caption : caption(shown)}
        rows={shown.rows}
        keyOf={keyOf}
        empty={list.empty(shown)}
        columns={columns.map((column) => toColumn(list, shown, column))}
      />
      <Pager path={path} query={{ ...shown.chosen, ...cursorOf(shown.call) }} nextCursor={nextCursor} />
      {list.after?.(shown)}
    </>
  );
}

function toColumn<Row, More>(
  { path, sorts = [] }: List<Row, More>,
  { here, chosen }: Shown<Row, More>,
  column: ListColumn<Row>,
): Column<Row> {
  const sort = sorts.find(({ value }) => value === column.sort);
  const link = sort && sortLink(path, chosen, sort, sort === sorts[0]);
  return { ...column, cell: cellOf(column, here), sort: link };
}

/** All rows that the address finds, in its order, with its columns. */
async function download<Row, More>(list: List<Row, More>, call: PageCall): Promise<PageAnswer> {
  const { found, columns, shown } = await readShown(list, call, ROWS_AT_ONCE);
  const rest = (cursor: string) => list.read(call, { ...found.asked, limit: ROWS_AT_ONCE, cursor });
  const name = `${list.name}-${dateOf(shown.here.now, shown.here)}.csv`;
  return { kind: 'stream', name, type: 'text/csv; charset=utf-8', body: csvOf(columns, allRows(found.list, rest)) };
}

/** null = the form is not about views. */
async function submitView<Row, More>(list: List<Row, More>, call: PageCall, form: Form): Promise<PageAnswer | null> {
  const view = form.step.endsWith('-view') ? viewNamed(await viewsOf(call, list.name), call.query.saved) : null;
  const query = without(chosenBy(list, call), ['saved']);
  const done = await changeViews(call, form, { list: list.name, path: list.path, view, query });
  if (!done) return null;
  return done.isDone ? redirect(done.to) : show(list, call, { ofViews: done.tried });
}
