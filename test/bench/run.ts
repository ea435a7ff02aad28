/**
 * `npm run bench`: measures on embedded parts and prints a table. `--only NAME[,NAME]` some of the
 * benches; `--json` one JSON document on standard output, everything else on standard error;
 * `--small` only shows that it works; `--production` in production's shape. Ends with 0 when it
 * ran, whatever the figures.
 */
import { print } from './stdout.ts';
import { parseArgs } from 'node:util';
import type { Bench, Scale, Tools } from './bench.ts';
import { commitInWords, thisCommit } from './commit.ts';
import { openGround, type Shape } from './ground.ts';
import { benches, inProduction } from './list.ts';
import { machineInWords, thisMachine } from './machine.ts';
import { watchMachine } from './quiet.ts';
import { meanSpeed, speedNow } from './speed.ts';
import { tableOf, type Listed } from './table.ts';

const options = {
  only: { type: 'string' },
  json: { type: 'boolean' },
  small: { type: 'boolean' },
  production: { type: 'boolean' },
} as const;
const asked = askedFor();
const scale: Scale = asked.small ? 'small' : 'full';
const ground = await openGround({ shape: asked.shape, sharesStacks: scale === 'small', say: console.error });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => void ground.close().then(() => process.exit(1)));

try {
  const machine = thisMachine();
  const commit = await thisCommit();
  const tools: Tools = { scale, ground, quiet: watchMachine(), say: console.error };
  const startedAt = new Date().toISOString();
  const { figures, failed } = await runAll(asked.benches, tools);
  if (asked.json)
    print(JSON.stringify({ startedAt, commit, scale, shape: asked.shape, machine, figures, failed }, null, 2));
  else print(`${commitInWords(commit)}; ${machineInWords(machine)}\n\n${tableOf(figures)}`);
  if (failed.length > 0) process.exitCode = 1;
} finally {
  await ground.close();
}

type Asked = { benches: readonly Bench[]; json: boolean; small: boolean; shape: Shape };

function askedFor(): Asked {
  try {
    const { only, json = false, small = false, production = false } = parseArgs({ options }).values;
    const listed = production ? inProduction : benches;
    const chosen = only?.split(',').map((name) => benchOf(listed, name)) ?? listed;
    return { benches: chosen, json, small, shape: production ? 'production' : 'start' };
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

function benchOf(listed: readonly Bench[], name: string): Bench {
  const found = listed.find((bench) => bench.name === name);
  if (!found) throw new Error(`There is no bench ${name}. There are: ${listed.map((bench) => bench.name).join(', ')}.`);
  return found;
}

type Failed = { bench: string; reason: string };

/** One that cannot run does not keep the others from it. */
async function runAll(chosen: readonly Bench[], tools: Tools): Promise<{ figures: Listed[]; failed: Failed[] }> {
  const all: Listed[] = [];
  const failed: Failed[] = [];
  for (const { name, about, run } of chosen) {
    console.error(`${name}: ${about}`);
    try {
      const before = speedNow(tools.ground.folder);
      const figures = await run(tools.scale, tools);
      const speed = meanSpeed(before, speedNow(tools.ground.folder));
      const measured = figures.map((figure) => ({ bench: name, speed, ...figure }));
      console.error(`\n${tableOf(measured)}\n`); // a run that is ended early has shown what it had
      all.push(...measured);
    } catch (error) {
      console.error(error);
      failed.push({ bench: name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { figures: all, failed };
}
