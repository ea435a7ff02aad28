/** Named places at which a rehearsal may end this process as a power cut would; does nothing unless a name is armed. `commandIds`: whose step it is. */
export type FaultPoint = (name: string, commandIds: readonly string[]) => void;

/**
 * Arms the comma-separated names of PERENNIAL_FAULTS: at the first of them the process is gone, at once and without a word.
 * `stripe:before:refund:0` is armed for whoever comes there, `stripe:before:refund:0@<command id>` for one command alone.
 */
export function faultPoints(names: string | undefined): FaultPoint {
  const armed = new Set(names?.split(',').filter(Boolean));
  return (name, commandIds) => {
    if ([name, ...commandIds.map((id) => `${name}@${id}`)].some((one) => armed.has(one)))
      process.kill(process.pid, 'SIGKILL');
  };
}
