import { chmod, mkdir, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** With less than this a first start (cluster, Temporal's file, logs) would end in the middle. */
const NEEDED_MB = 200;

/**
 * Makes the data folder, or takes the one that is there, and closes it to everybody but its owner:
 * secrets, mail and logs are in it.
 * @returns what keeps it from being used, in a sentence that says what to do; undefined = it can be
 */
export async function openDataFolder(dataDir: string, neededMb = NEEDED_MB): Promise<string | undefined> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    if (await isOurs(dataDir)) await chmod(dataDir, 0o700);
    await tryToWrite(dataDir);
    return await lackOfRoom(dataDir, neededMb);
  } catch (error) {
    const sentence = faultOfFiles(error, dataDir);
    if (sentence === undefined) throw error;
    return sentence;
  }
}

/**
 * What the system says of a file or disk, for a person; undefined = the error is about something
 * else.
 */
export function faultOfFiles(error: unknown, dataDir: string): string | undefined {
  const { code, path, message = '' } = error as { code?: string; path?: string; message?: string };
  // Programs that we run, such as Postgres, only say it in words.
  if (code === 'ENOSPC' || code === 'EDQUOT' || /no space left on device|disk quota exceeded/i.test(message))
    return `The disk that holds ${dataDir} is full: make room, or set DATA_DIR to a folder on another disk.`;
  const isElsewhere = path !== undefined && !resolve(path).startsWith(resolve(dataDir));
  return code === undefined || isElsewhere ? undefined : SENTENCES[code]?.(path ?? dataDir);
}

const isAFile = (path: string) => `${path} is a file, or lies below one: set DATA_DIR to a folder, or move that file.`;
const isForbidden = (path: string) =>
  `${path} cannot be written by this user: change its owner or permissions, or set DATA_DIR to another folder.`;
const isReadOnly = (path: string) =>
  `${path} is on a disk that is mounted read-only: set DATA_DIR to a folder that can be written.`;

const SENTENCES: Record<string, (path: string) => string> = {
  EEXIST: isAFile,
  ENOTDIR: isAFile,
  EACCES: isForbidden,
  EPERM: isForbidden,
  EROFS: isReadOnly,
};

/** A folder that somebody else filled, or shares with all (such as /tmp), keeps its permissions. */
async function isOurs(dataDir: string): Promise<boolean> {
  const holds = await readdir(dataDir);
  const isShared = ((await stat(dataDir)).mode & 0o1000) !== 0;
  return !isShared && (holds.length === 0 || holds.includes('secrets.json') || holds.includes('processes.json'));
}

// Permissions say little (root, network disks): only a write tells.
async function tryToWrite(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.probe-${process.pid}`);
  try {
    await writeFile(probe, 'written to see whether it can be');
  } finally {
    await rm(probe, { force: true });
  }
}

async function lackOfRoom(dataDir: string, neededMb: number): Promise<string | undefined> {
  const { bavail, bsize } = await statfs(dataDir);
  const freeMb = Math.floor((bavail * bsize) / 1_000_000);
  if (freeMb >= neededMb) return undefined;
  return `Only ${freeMb} MB are free on the disk that holds ${dataDir}, and ${neededMb} MB are needed: make room, or set DATA_DIR to a folder on another disk.`;
}
