import type { Instant } from '../../workflows/domain/instant.ts';
import type { PurchaseState } from '../../workflows/domain/purchase.ts';
import type { InboxRow } from '../../workflows/inbox/inbox.ts';
import type { PassResult } from '../../workflows/purchase/pass-result.ts';
import { runPass } from '../../workflows/purchase/pass.ts';
import { at, taken } from '../builders/purchase.ts';

/** A pass over these rows, with the account's time and the real one at `now`. */
export const pass = (
  state: PurchaseState,
  rows: InboxRow[],
  now: Instant,
  reading: Parameters<typeof runPass>[3] = null,
): PassResult => runPass(state, taken(rows), at(now), reading);
