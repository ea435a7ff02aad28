import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { openApiDocument } from '../../api/openapi/document.ts';
import { ROUTES } from '../../api/routes.ts';

const run = promisify(execFile);
const program = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin', 'cli.js');
const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NODE_OPTIONS: '' };

const document = openApiDocument(ROUTES, 'https://perennial.example');

async function lint(linted: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-openapi-'));
  try {
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(linted));
    const args = [program, 'lint', file, '--config', 'redocly.yaml', '--format', 'summary'];
    return await run(process.execPath, args, { env }).then(
      () => '',
      ({ stdout, stderr }: { stdout: string; stderr: string }) => `${stdout}${stderr}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('redocly finds nothing in the document, and finds what is wrong in another', async () => {
  const { tags: _tags, ...untold } = document;

  const [faults, expected] = await Promise.all([lint(document), lint(untold)]);

  expect(faults).toBe('');
  expect(expected).toContain('operation-tag-defined');
});

test('no description names a rule of ours by its number', () => {
  expect(JSON.stringify(document)).not.toMatch(/\bR\d+(\.\d+)?\b/);
});

test('every operation is called by a verb and what it is about', () => {
  const paths = Object.values(document.paths as Record<string, Record<string, { operationId: string }>>);

  for (const { operationId } of paths.flatMap((methods) => Object.values(methods)))
    expect(operationId).toMatch(/^[a-z]+([A-Z][a-z]+)+$/);
});
