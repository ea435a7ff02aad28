import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigFault, readConfig, type Environment } from '../../config.ts';
import { migrationEnvironmentOf, type StarterConfig } from './environment.ts';
import { secretsOf, writeWhole } from './secrets.ts';

/**
 * How a stack was started: its plain settings, and the names of the secret ones that were given,
 * whose values are kept nowhere.
 */
type Start = { settings: Record<string, string>; given: string[] };

const pathIn = (dataDir: string) => join(dataDir, 'start.json');

const isSecret = (name: string): boolean => /KEY|SECRET|PASSWORD|DATABASE_URL/.test(name);

export function keepStart(config: StarterConfig): Promise<void> {
  const all = Object.entries(config).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  const plain = all.filter(([name = '']) => !isSecret(name));
  const given = all.flatMap(([name = '']) => (isSecret(name) ? [name] : []));
  const start: Start = { settings: Object.fromEntries(plain) as Start['settings'], given };
  return writeWhole(pathIn(config.DATA_DIR), start);
}

/**
 * The environment of the processes that `npm start` brought up with this data folder, with the role
 * that owns the tables, for a restore; null where there was no start.
 * @throws ConfigFault when the start was given a secret that is not given now
 */
export async function environmentOfStart(env: Environment): Promise<Environment | null> {
  const { DATA_DIR } = readConfig('sandbox', env);
  if (!existsSync(pathIn(DATA_DIR))) return null;
  const { settings, given } = JSON.parse(await readFile(pathIn(DATA_DIR), 'utf8')) as Start;
  const missing = given.filter((name) => !env[name]);
  if (missing.length > 0)
    throw new ConfigFault(`npm start was given ${missing.join(', ')}, which is needed here as well.`);
  return migrationEnvironmentOf(readConfig('starter', { ...settings, ...env }), await secretsOf(DATA_DIR));
}
