import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';

const said = (code: string) => {
  const program = `const { log, startLog } = await import('./log.ts'); ${code}`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};

test('a fact is one line, with the process and the ids', () => {
  const lines = said("startLog({ process: 'api', level: 'info' }); log.info({ purchaseId: 'p1' }, 'command.accepted')");

  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: 'info', process: 'api', purchaseId: 'p1', msg: 'command.accepted' });
});

test('nothing is said before the process has named itself', () => {
  expect(said("log.fatal('lost')")).toEqual([]);
});

test("an error keeps its code and its cause, and leaves a client's request behind", () => {
  const [line] = said(`
    startLog({ process: 'worker', level: 'info' });
    const cause = Object.assign(new Error('declined'), { code: 'card_declined', raw: { email: 'a@b.c' } });
    log.error({ err: new Error('the charge failed', { cause }) }, 'charge.failed')`);

  expect(line?.err).toMatchObject({ message: 'the charge failed', cause: { code: 'card_declined' } });
  expect(JSON.stringify(line)).not.toContain('a@b.c');
});

test('a value that Postgres does not take is in no line, neither in the message nor in the stack', () => {
  const [line] = said(`
    startLog({ process: 'worker', level: 'info' });
    const error = Object.assign(new Error('invalid input syntax for type uuid: "ada@example.com"'), { code: '22P02' });
    log.error({ error }, 'request.failed')`);

  expect(line?.error).toMatchObject({ code: '22P02', message: 'Postgres does not take a value' });
  expect(JSON.stringify(line)).toContain('    at ');
  expect(JSON.stringify(line)).not.toContain('ada@example.com');
});
