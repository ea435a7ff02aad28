import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What was measured; `isDirty`: with changes that are in no commit. */
export type Commit = { id: string; isDirty: boolean };

/** null where the sources are in no repository. */
export async function thisCommit(): Promise<Commit | null> {
  try {
    const { stdout: id } = await run('git', ['rev-parse', 'HEAD']);
    const { stdout: changes } = await run('git', ['status', '--porcelain']);
    return { id: id.trim(), isDirty: changes !== '' };
  } catch {
    return null;
  }
}

export const commitInWords = (commit: Commit | null): string =>
  commit ? `commit ${commit.id.slice(0, 12)}${commit.isDirty ? ' with changes' : ''}` : 'no commit';
