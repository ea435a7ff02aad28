import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { Scoped } from '../../db/account-scope.ts';
import { ListView } from '../../db/entities/list-view.ts';
import { countViews, findView, isNameTaken, lockViews, MOST_VIEWS, viewsSeenBy } from '../../db/platform/list-views.ts';
import { BILLING, EVERYBODY } from '../auth/roles.ts';
import type { Caller } from '../auth/caller.ts';
import { idParams } from '../http/fields.ts';
import { invalid, notFound, Problem } from '../http/problem.ts';
import { defineRoute, type AccountCall } from '../http/route.ts';
import { listName, listViewChange, listViewSchema, newListView } from './list-view-schema.ts';

const all = { path: '/v1/list-views', tag: 'Account', roles: EVERYBODY } as const;
const one = {
  path: '/v1/list-views/{viewId}',
  tag: 'Account',
  roles: EVERYBODY,
  params: idParams('viewId'),
} as const;

const toApiView = ({ id, list, name, ownerId, query, createdAt }: ListView): z.output<typeof listViewSchema> => ({
  id,
  list,
  name,
  isShared: ownerId === null,
  query,
  createdAt,
});

/** What everybody sees is kept by those who keep the settings. @throws Problem 403 */
function checkMayShare({ role }: Caller): void {
  if (BILLING.includes(role)) return;
  throw new Problem(403, 'forbidden', { detail: `The role ${role} may not change what everybody sees.` });
}

type One = Pick<AccountCall<{ viewId: string }, unknown, unknown>, 'em' | 'caller' | 'params'>;

/** @throws Problem 404 where it is another person’s */
async function theView({ em, caller, params }: One): Promise<ListView> {
  const view = await findView(em, params.viewId, caller.actor.id);
  if (!view) throw notFound('view');
  return view;
}

/** One that the caller may change. @throws Problem 403, 404 */
async function theViewToChange(call: One): Promise<ListView> {
  await lockViews(call.em);
  const view = await theView(call);
  if (view.ownerId === null) checkMayShare(call.caller);
  return view;
}

type Named = Pick<ListView, 'id' | 'ownerId' | 'list' | 'name'>;

/** @throws Problem 409, 422 */
async function checkPlace(em: Scoped, view: Named, isNew: boolean): Promise<void> {
  if (await isNameTaken(em, view))
    throw new Problem(409, 'duplicate', { detail: 'There is a view with this name already.', field: 'name' });
  if (isNew && (await countViews(em, view)) >= MOST_VIEWS)
    throw invalid('name', `is of one more than the ${MOST_VIEWS} that a list may have`);
}

const list = defineRoute({
  ...all,
  method: 'get',
  operationId: 'listListViews',
  summary: 'List the views of lists: your own, and everybody’s',
  query: z.strictObject({ list: listName.optional() }),
  answers: { 200: z.strictObject({ data: z.array(listViewSchema) }) },
  async handle({ em, caller, query }) {
    const views = await viewsSeenBy(em, caller.actor.id, query.list);
    return { status: 200, body: { data: views.map(toApiView) } };
  },
});

const create = defineRoute({
  ...all,
  method: 'post',
  operationId: 'createListView',
  location: '/v1/list-views/{id}',
  summary: 'Give what a list shows a name',
  description: 'One that everybody sees is made and changed by owners and administrators.',
  audit: { kind: 'list_view.created' },
  body: newListView,
  example: {
    list: 'purchases',
    name: 'Overdue',
    isShared: true,
    query: { billingStatus: 'past_due', columns: 'customer,offer,charge' },
  },
  answers: { 201: listViewSchema },
  problems: [409],
  async handle({ em, account, caller, now, body: { isShared, ...given } }) {
    if (isShared) checkMayShare(caller);
    await lockViews(em);
    const row = { ...given, id: uuid(), ownerId: isShared ? null : caller.actor.id };
    await checkPlace(em, row, true);
    const view = em.create(ListView, { ...row, accountId: account.id, createdAt: now });
    await em.flush();
    return { status: 201, body: toApiView(view) };
  },
});

const read = defineRoute({
  ...one,
  method: 'get',
  operationId: 'getListView',
  summary: 'Read a view of a list',
  answers: { 200: listViewSchema },
  handle: async (call) => ({ status: 200, body: toApiView(await theView(call)) }),
});

const change = defineRoute({
  ...one,
  method: 'patch',
  operationId: 'updateListView',
  summary: 'Give a view of a list another name, or let it show something else',
  audit: { kind: 'list_view.changed', about: 'viewId' },
  body: listViewChange,
  example: { name: 'Overdue for long' },
  answers: { 200: listViewSchema },
  problems: [409],
  async handle(call) {
    const { em, caller, body } = call;
    const view = await theViewToChange(call);
    const isShared = body.isShared ?? view.ownerId === null;
    if (isShared) checkMayShare(caller);
    const isMoved = isShared !== (view.ownerId === null);
    const ownerId = isMoved ? (isShared ? null : caller.actor.id) : view.ownerId;
    const { id, list: of } = view;
    await checkPlace(em, { id, list: of, ownerId, name: body.name ?? view.name }, isMoved);
    Object.assign(view, { ownerId, name: body.name ?? view.name, query: body.query ?? view.query });
    await em.flush();
    return { status: 200, body: toApiView(view) };
  },
});

const remove = defineRoute({
  ...one,
  method: 'delete',
  operationId: 'deleteListView',
  summary: 'Delete a view of a list',
  audit: { kind: 'list_view.deleted', about: 'viewId' },
  answers: { 204: null },
  async handle(call) {
    call.em.remove(await theViewToChange(call));
    await call.em.flush();
    return { status: 204 };
  },
});

export const listViewRoutes = { list, create, read, change, remove };
