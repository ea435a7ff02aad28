import type { JobCommand } from '../../db/jobs/into-inboxes.ts';
import { mergeContact } from '../../db/people/merge-contact.ts';
import { endRefused, giveBack, mergesGoingOn, moveRest, type Merging } from '../../db/people/merges.ts';
import { openCheckoutsOf } from '../../db/purchase/ended-checkouts.ts';
import { log } from '../../log.ts';
import type { FaultPoint } from '../fault-points.ts';
import type { Wakes } from '../gateways/temporal.ts';
import { endCheckout, type EndCheckoutDeps } from '../purchase/end-checkouts.ts';

export type MergeDeps = Omit<EndCheckoutDeps, 'wakes'> & {
  wakes: Pick<Wakes, 'startMail' | 'wake'>;
  /** Absent = nobody dies here. */
  faultPoint?: FaultPoint;
};

/**
 * Goes on with the contacts that are being merged, as far as each can go now: what is left is told
 * to move, then the rest becomes the other's in one transaction; where something cannot move, the
 * others go back. Returns how many were merged. Safe at any time, by any number of workers.
 */
export async function mergeContacts(deps: MergeDeps): Promise<number> {
  let merged = 0;
  for (const one of await mergesGoingOn(deps.orm.em.fork())) {
    try {
      if (await goOn(deps, one)) merged += 1;
    } catch (error) {
      log.warn({ contactId: one.contactId, error }, 'contact.not_merged');
    }
  }
  return merged;
}

async function goOn(deps: MergeDeps, one: Merging): Promise<boolean> {
  const em = deps.orm.em.fork();
  if (one.state === 'returning') await endRefused(em, one);
  else if (one.isRefused) await wakeAll(deps, await giveBack(em, one));
  else return moveOn(deps, one);
  log.warn({ contactId: one.contactId, state: one.state }, 'contact.merge_refused');
  return false;
}

async function moveOn(deps: MergeDeps, one: Merging): Promise<boolean> {
  const em = deps.orm.em.fork();
  // The page at Stripe is the other's customer's; who comes back begins anew as the one that stays.
  for (const checkout of await openCheckoutsOf(em, one.contactId)) await endCheckout(deps, checkout);
  const told = await em.transactional((tx) => moveRest(tx, one));
  await wakeAll(deps, told);
  if (told.length > 0) return false;
  await deps.faultPoint?.('merge:before', [one.contactId]);
  if (!(await mergeContact(deps.orm.em.fork(), one))) return false;
  await deps.faultPoint?.('merge:after', [one.contactId]);
  log.info({ contactId: one.contactId, intoContactId: one.intoContactId }, 'contact.merged');
  return true;
}

/** The sweep finds those that are not woken. */
async function wakeAll({ wakes }: MergeDeps, commands: readonly JobCommand[]): Promise<void> {
  for (const { purchaseId, name, commandId } of commands)
    await wakes.wake(purchaseId, { kind: name, rowId: commandId });
}
