import type { Scoped } from '../../db/account-scope.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { contentOver } from '../../db/platform/kept-content.ts';
import { isRemoved } from '../../workflows/domain/removal.ts';
import type { VerbName } from '../../workflows/domain/verb.ts';
import { Problem } from '../http/problem.ts';

type Asked = { verb: VerbName; input: unknown };

/** Whether it ends an account's add-on at once, and so is its removal [R20.1]. */
const removes = ({ verb, input }: Asked): boolean =>
  verb === 'money-back' || (verb === 'cancel' && (input as { when: string }).when === 'now');

/**
 * Nothing that gives quotas is removed while the plan alone has no room for the account's content,
 * unless what it keeps is confirmed [R20.3]. @throws Problem 409
 */
export async function checkContent(em: Scoped, asked: Asked, purchase: Purchase): Promise<void> {
  const { id: purchaseId, forAccountId, snapshot } = purchase;
  if (forAccountId === null || !isRemoved(snapshot) || !removes(asked)) return;
  const { state } = await contentOver(em, forAccountId, { purchaseId, entitlement: null });
  if (state !== 'fits' && state !== 'confirmed')
    throw new Problem(409, 'content_not_confirmed', { detail: REASONS[state], state });
}

const REASONS = {
  unlisted: 'The plan alone has no room for all content, and the account has not listed what it keeps.',
  too_much: 'The account has listed more content than the plan alone has room for.',
  unconfirmed: 'The content that the account has listed to keep is not confirmed yet.',
};
