/**
 * Named places at which a fault test may end this process as a power cut would. Does nothing unless
 * a name is armed. `commandIds`: the commands that are carried out here.
 */
export type FaultPoint = (name: string, commandIds: readonly string[]) => Promise<void>;

/**
 * Arms the comma-separated names of PERENNIAL_FAULTS. Whoever reaches one of them stays there; the
 * process ends once all are reached, at once and silently. `stripe:before:refund:0` is armed for
 * every command, `stripe:before:refund:0@<command id>` for one.
 */
export function faultPoints(names: string | undefined): FaultPoint {
  const armed = new Set(names?.split(',').filter(Boolean));
  const ahead = new Set(armed);
  return async (name, commandIds) => {
    const here = [name, ...commandIds.map((id) => `${name}@${id}`)].find((one) => armed.has(one));
    if (here === undefined) return;
    ahead.delete(here);
    if (ahead.size === 0) process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  };
}
