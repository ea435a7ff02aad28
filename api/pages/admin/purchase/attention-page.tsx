import { attentionRoutes } from '../../../purchase/attentions.ts';
import { DECISION_NAMES, type DecisionName } from '../../../../workflows/domain/verb.ts';
import { BILLING } from '../../../auth/roles.ts';
import { redirect, type Page, type PageAnswer, type PageCall } from '../../page.ts';
import { purchasePath } from './read-purchase.ts';

/** What the buttons of a purchase's notices do. */
export const decisionPages: readonly Page[] = DECISION_NAMES.map((name) => ({
  path: `/purchases/{purchaseId}/attentions/{attentionId}/${name}`,
  audience: 'admin',
  roles: BILLING,
  show: async (call) => redirect(backTo(call)),
  submit: (call, { key }) => decided(name, call, key),
}));

const backTo = ({ params }: PageCall): string => purchasePath(params.purchaseId ?? '');

export const decisionPath = (purchaseId: string, attentionId: string, name: DecisionName): string =>
  `${purchasePath(purchaseId)}/attentions/${encodeURIComponent(attentionId)}/${name}`;

/** An attention that has ended meanwhile is not on the page any more, which says enough. */
async function decided(name: DecisionName, call: PageCall, key: string | undefined): Promise<PageAnswer> {
  const { purchaseId = '', attentionId = '' } = call.params;
  const asked = { params: { purchaseId, attentionId }, body: {}, key };
  const answer = await call.api.ask(attentionRoutes[name], asked);
  if (!answer.isDone) return redirect(backTo(call));
  const { id } = 'command' in answer.body ? answer.body.command : answer.body;
  return redirect(`${backTo(call)}?command=${id}`);
}
