import { readdirSync, readFileSync } from 'node:fs';

/** CPU time of a process and all below it, with those that have ended and were waited for. */
export const treeTicks = (root: number): number => treeOf(root).reduce((sum, each) => sum + each.ticks, 0);

/** Memory of the same in MB; what several of them share is counted once. */
export const treeMb = (root: number): number => treeOf(root).reduce((sum, { pid }) => sum + shareMb(pid), 0);

function treeOf(root: number): Stat[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statOf(Number(name)) : []));
  const tree = new Set([root]);
  for (let grown = true; grown;) {
    const size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
    grown = tree.size > size;
  }
  return all.filter(({ pid }) => tree.has(pid));
}

function shareMb(pid: number): number {
  try {
    const [, kb] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return Number(kb ?? 0) / 1024;
  } catch {
    return 0; // it ended meanwhile
  }
}

type Stat = { pid: number; parent: number; ticks: number };

// After the name in brackets: state, parent (field 4), ..., utime, stime, cutime, cstime (fields 14
// to 17).
function statOf(pid: number): Stat[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const ticksOf = fields.slice(11, 15).reduce((sum, value) => sum + Number(value), 0);
    return [{ pid, parent: Number(fields[1]), ticks: ticksOf }];
  } catch {
    return []; // it ended meanwhile
  }
}
