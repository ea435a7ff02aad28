import { expect, test } from '@jest/globals';
import { keepChildren } from '../../sandbox/processes/children.ts';
import type { Launch } from '../../sandbox/processes/children.ts';
import { isAlive } from '../../sandbox/processes/processes.ts';
import type { ProcessRecord } from '../../sandbox/processes/processes.ts';
import { eventually } from '../ground/eventually.ts';

const keepsRunning = 'console.log("hello"); setInterval(() => {}, 1000)';

function aLaunch(name: string, code = keepsRunning, isReady = async () => true): Launch {
  return { name, command: process.execPath, args: ['-e', code], stopSignal: 'SIGTERM', isReady };
}

function someChildren() {
  const said: string[] = [];
  const lines: string[] = [];
  let running: ProcessRecord[] = [];
  const children = keepChildren({
    say: (line) => said.push(line),
    onLine: (name, line) => lines.push(`${name}: ${line}`),
    onChange: (now) => (running = now),
  });
  return { children, said, lines, running: () => running };
}

test('a child that dies is started again, and that is said', async () => {
  const { children, said, running } = someChildren();
  await children.start(aLaunch('api'));
  const [before] = running();
  process.kill(before?.pid ?? 0, 'SIGKILL');

  await eventually(() => running()[0]?.pid !== before?.pid);

  expect(said).toEqual(['api ended unexpectedly (SIGKILL); starting it again']);
  await children.stop();
  expect(running().some(isAlive)).toBe(false);
});

test('the last started ends first, and none is started after that', async () => {
  const { children, lines } = someChildren();
  const tells = (name: string) =>
    aLaunch(
      name,
      `process.on('SIGTERM', () => { console.log('ends'); process.exit() }); console.log('is up'); ${keepsRunning}`,
    );
  await children.start(tells('first'));
  await children.start(tells('second'));
  await eventually(() => lines.includes('first: is up') && lines.includes('second: is up'));

  await children.stop();

  const order = await eventually(() => {
    const ends = lines.filter((line) => line.endsWith(': ends'));
    return ends.length === 2 && ends;
  });
  expect(order).toEqual(['second: ends', 'first: ends']);
  await expect(children.start(aLaunch('late'))).rejects.toThrow(/being stopped/);
});

test('one that ends again and again before it is ready is given up, with its last words', async () => {
  const { children } = someChildren();
  const broken = aLaunch('api', 'console.error("SECRET_KEY is missing"); process.exit(1)', async () => false);

  await expect(children.start(broken)).rejects.toThrow(/api ended again and again[^]*SECRET_KEY is missing/);
  await children.stop();
});

test('a program that is not there is told at once', async () => {
  const { children } = someChildren();

  await expect(children.start({ ...aLaunch('Temporal'), command: '/no/such/program' })).rejects.toThrow(/ENOENT/);
  await children.stop();
});
