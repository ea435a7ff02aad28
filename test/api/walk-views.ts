import type { EntityManager } from '@mikro-orm/postgresql';
import { aListView } from '../builders/list-views.ts';

/** What operations on views of lists are asked with. */
export async function viewSteps(em: EntityManager, accountId: string) {
  const query = { billingStatus: 'past_due', columns: 'customer,offer,charge' };
  const view = { params: { viewId: await aListView(em, { accountId, name: 'Overdue' }) } };
  return {
    listListViews: { query: { list: 'purchases' } },
    createListView: { body: { list: 'purchases', name: 'Overdue and mine', query } },
    getListView: view,
    updateListView: { ...view, body: { name: 'Overdue for long' } },
    deleteListView: view,
  };
}
