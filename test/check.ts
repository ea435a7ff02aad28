/**
 * `npm run check`: format, lint, types, architecture, dead code. All of them run; each fault is
 * shown.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const checks: [title: string, command: string, args: string[]][] = [
  ['lint', 'eslint', ['--max-warnings', '0', '.']],
  ['types', 'tsc', ['--project', '.', '--noEmit']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['architecture', 'jest', ['--config', 'jest.config.js', 'test/architecture.test.ts']],
  ['dead code', 'knip', []],
];

const results = await Promise.all(checks.map(([title, command, args]) => check(title, command, args)));
const failed = results.filter((passed) => !passed).length;
if (failed > 0) process.exitCode = 1;
console.log(failed === 0 ? 'Everything checks.' : `${failed} of ${checks.length} checks failed.`);

async function check(title: string, command: string, args: string[]): Promise<boolean> {
  const began = performance.now();
  const env = { ...process.env, NODE_OPTIONS: command === 'jest' ? '--experimental-vm-modules --no-warnings' : '' };
  const result = await run(command, args, { env, maxBuffer: 64 * 1024 * 1024 }).catch((error: unknown) => error);
  const failed = result instanceof Error;
  console.log(`${failed ? 'FAILED' : 'passed'}  ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  if (failed) {
    const { stdout = '', stderr = '', message } = result as { stdout?: string; stderr?: string; message: string };
    console.log([stdout.trim(), stderr.trim()].filter(Boolean).join('\n') || message);
  }
  return !failed;
}
