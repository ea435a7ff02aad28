import type { z } from 'zod';
import type { ListName } from '../../../db/entities/list-view.ts';
import { notFound, type ProblemBody } from '../../http/problem.ts';
import type { listViewSchema } from '../../platform/list-view-schema.ts';
import { listViewRoutes } from '../../platform/list-views.ts';
import { refusedForm, type Form } from '../form.ts';
import { redirect, type PageAnswer, type PageCall } from '../page.ts';
import { addressWith } from '../parts/list.tsx';
import type { Tried } from './list.ts';

export type KeptView = z.output<typeof listViewSchema>;

/** The views of a list that the visitor sees; an operator without a chosen account has none. */
export const viewsOf = async ({ api, visitor }: PageCall, list: ListName): Promise<KeptView[]> =>
  visitor?.account ? (await api.read(listViewRoutes.list, { query: { list } })).data : [];

/** The view that an address names. @throws Problem 404 where the visitor sees none of this id */
export function viewNamed(views: readonly KeptView[], id: string | undefined): KeptView | null {
  if (id === undefined) return null;
  const view = views.find((one) => one.id === id);
  if (!view) throw notFound('view');
  return view;
}

/** Where a view shows what it is a name for. */
const addressOf = (path: string, { id, query }: KeptView): string => addressWith(path, query, { saved: id });

/** Opens a view by its id alone. */
export const openAddress = (path: string, { id }: KeptView): string => `${path}?open=${id}`;

type At = { list: ListName; path: string; view: KeptView | null; query: Record<string, string> };

type Done = { isDone: true; to: string } | { isDone: false; tried: Tried };

/** Keeps what is shown by a name; @returns null for a form that is not about views. */
export async function changeViews(call: PageCall, { body, typed, step, key }: Form, at: At): Promise<Done | null> {
  const { api } = call;
  const { list, path, view, query } = at;
  const params = { viewId: view?.id ?? '' };
  switch (step) {
    case 'keep-view': {
      const answer = await api.ask(listViewRoutes.create, { body: { ...body, list, query }, key });
      return answer.isDone ? { isDone: true, to: addressOf(path, answer.body) } : refused(typed, answer);
    }
    case 'change-view': {
      const answer = await api.ask(listViewRoutes.change, { params, body: { query }, key });
      return answer.isDone ? { isDone: true, to: addressOf(path, answer.body) } : refused(typed, answer);
    }
    case 'delete-view': {
      const answer = await api.ask(listViewRoutes.remove, { params, key });
      return answer.isDone ? { isDone: true, to: addressWith(path, query, {}) } : refused(typed, answer);
    }
    default:
      return null;
  }
}

type Refused = { status: number; problem: ProblemBody };

const refused = (typed: Form['typed'], { status, problem }: Refused): Done => ({
  isDone: false,
  tried: { form: refusedForm(typed, problem), problem, status },
});

export const toView = (path: string, view: KeptView): PageAnswer => redirect(addressOf(path, view));
