/**
 * Named places at which a fault test may end this process as a power cut would. Does nothing unless
 * a name is armed. `commandIds`: the commands that are carried out here.
 */
export type FaultPoint = (name: string, commandIds: readonly string[]) => void;

/**
 * Arms the comma-separated names of PERENNIAL_FAULTS. The process ends at the first of them, at
 * once and silently. `stripe:before:refund:0` is armed for every command,
 * `stripe:before:refund:0@<command id>` for one.
 */
export function faultPoints(names: string | undefined): FaultPoint {
  const armed = new Set(names?.split(',').filter(Boolean));
  return (name, commandIds) => {
    if ([name, ...commandIds.map((id) => `${name}@${id}`)].some((one) => armed.has(one)))
      process.kill(process.pid, 'SIGKILL');
  };
}
