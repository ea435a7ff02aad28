import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { join } from 'node:path';

const shown = new Set(['warn', 'error', 'fatal']);

/**
 * Keeps each child's output in a file of its own (and that of the start before), and shows what a
 * person should see.
 */
export function childLogs(folder: string, say: (line: string) => void): (name: string, line: string) => void {
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, WriteStream>();
  return (name, line) => {
    const file = files.get(name) ?? open(folder, name, say);
    files.set(name, file);
    file.write(`${line}\n`);
    const worth = worthShowing(line);
    if (worth) say(`${name}: ${worth}`);
  };
}

function open(folder: string, name: string, say: (line: string) => void): WriteStream {
  const path = join(folder, `${name.toLowerCase()}.log`);
  if (existsSync(path)) renameSync(path, `${path}.1`);
  const file = createWriteStream(path);
  // A full disk ends the log of this child, and not the stack with it.
  file.on('error', (error) => say(`${path} cannot be written: ${error.message}`));
  return file;
}

/**
 * A warning or error of our own processes, in one line; Postgres and Temporal speak to their files
 * only.
 */
function worthShowing(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, msg, err } = JSON.parse(line) as { level?: string; msg?: string; err?: { message?: string } };
    return level && shown.has(level) ? [level, msg, err?.message].filter(Boolean).join(' ') : undefined;
  } catch {
    return undefined;
  }
}
