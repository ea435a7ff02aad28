import type { z } from 'zod';
import type { ProblemBody } from '../../../http/problem.ts';
import type { accountTimelineEntry } from '../../../purchase/account-timeline-schema.ts';
import type { purchaseSummarySchema } from '../../../purchase/purchase-schema.ts';
import type { FormState } from '../../form.ts';
import type { Site } from '../../page.ts';

export type Clock = { now: string; target: string | null; isMoving: boolean };
export type Upcoming = z.output<typeof purchaseSummarySchema>;
export type AccountTimelineEntry = z.output<typeof accountTimelineEntry>;
type List<Row> = { data: Row[]; nextCursor: string | null };

export type ClockShown = {
  site: Site;
  clock: Clock;
  /** null = not for this role. */
  upcoming: Upcoming[] | null;
  /**
   * Where the last move began, and what has happened since; null = there was none, or it is not for
   * this role.
   */
  way: { from: string; entries: List<AccountTimelineEntry> } | null;
  query: Record<string, string>;
  mayMove: boolean;
  form: FormState;
  problem: ProblemBody | null;
};
