import type { AuditKind, AuditSubject } from '../../workflows/domain/audit.ts';
import type { CommandName } from '../../workflows/domain/verb.ts';

/** A row that the pipeline writes, in the transaction of the route. */
export type Tells = {
  kind: AuditKind;
  /**
   * The parameter that names what it is about; left out: the one called after it, else the `id` of
   * the answer, else the person or account that asks.
   */
  about?: string;
  /**
   * What it is about, as the API shows it: read before and after, and the difference is kept. `em`:
   * the route's own unit of work.
   */
  shows?: (em: never, id: string, params: Record<string, string>) => Promise<object | null>;
  /** Fields of the body that say what was done. */
  says?: readonly string[];
};

/** What a route leaves in the audit log, in the transaction of what it does. */
export type Audit =
  | Tells
  /** Rows that are written by what does it, below. */
  | { left: readonly (AuditKind | AuditSubject)[] }
  /** Why none is left. */
  | { none: string };

/** Commands of purchases are told where they are accepted. */
export const leavesCommand = (...names: CommandName[]): Audit => ({
  left: names.map((name) => `purchase.${name}` as const),
});
