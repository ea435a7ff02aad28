import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

type ComposeService = {
  image?: string;
  build?: string;
  entrypoint?: string[];
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  restart?: string;
};

type Compose = { services: Record<string, ComposeService>; volumes: Record<string, null> };

/**
 * Reads docker-compose.yml as Docker would: merge keys followed, `${NAME:-default}` and
 * `${NAME:?message}` filled in.
 * @throws when a name without a default is not given
 */
export function readCompose(given: Record<string, string | undefined>): Compose {
  const text = readFileSync('docker-compose.yml', 'utf8').replaceAll(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, kind: string | undefined, rest: string) => {
      const value = given[name] ?? (kind === '-' ? rest : undefined);
      if (value === undefined) throw new Error(`${name} ${rest}`);
      return value;
    },
  );
  return parse(text, { merge: true }) as Compose;
}
