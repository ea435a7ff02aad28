/**
 * What can be made to go wrong with the next sends: `429`, `500` refuse; `hang` never answers;
 * `reset` cuts the connection; the `_after` ones store the email first, so that only its answer is
 * lost.
 */
export const FAULT_KINDS = ['429', '500', 'hang', 'reset', 'hang_after', 'reset_after'] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export type Fault = {
  kind: FaultKind;
  /** How many sends it still hits; null: all of them. */
  times: number | null;
  /** Only sends to this address. */
  to?: string | undefined;
  retryAfterSeconds?: number | undefined;
};

/** Faults in the order in which they were set; kept in memory, gone with the process. */
export function createFaults() {
  let faults: Fault[] = [];
  return {
    list: () => faults,
    add: (fault: Fault) => void faults.push(fault),
    clear: () => void (faults = []),
    /** The first fault that fits, counted down. */
    take(recipients: readonly string[]): Fault | null {
      const fault = faults.find(({ to }) => !to || recipients.includes(to.toLowerCase()));
      if (!fault) return null;
      if (fault.times !== null) fault.times -= 1;
      faults = faults.filter(({ times }) => times === null || times > 0);
      return fault;
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;
