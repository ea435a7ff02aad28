import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the starter makes once for a stack without real services, and keeps beside its data. */
export type Secrets = {
  secretKey: string;
  /** Of the role that owns the tables; `npm run migrate` alone uses it. */
  postgresPassword: string;
  /** Of the role of the processes. */
  postgresAppPassword: string;
  stripeApiKey: string;
  resendApiKey: string;
  /** With which the mailbox signs what it reports. */
  resendWebhookSecret: string;
  demoApiKey: string;
  demoOperatorKey: string;
  demoAdminPassword: string;
  /** Of the webhook endpoint that the starter registered at Stripe. */
  stripeWebhookSecret?: string | undefined;
};

const random = (bytes: number) => randomBytes(bytes).toString('base64url');
const pathIn = (dataDir: string) => join(dataDir, 'secrets.json');

/**
 * The secrets of this data folder, made at the first time; what an earlier version did not know yet
 * is added.
 */
export async function secretsOf(dataDir: string): Promise<Secrets> {
  const path = pathIn(dataDir);
  const known = existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Partial<Secrets>) : {};
  const secrets: Secrets = {
    secretKey: random(36),
    postgresPassword: random(18),
    postgresAppPassword: random(18),
    stripeApiKey: `sk_test_${randomBytes(16).toString('hex')}`,
    resendApiKey: `re_${randomBytes(16).toString('hex')}`,
    resendWebhookSecret: `whsec_${randomBytes(24).toString('base64')}`,
    demoApiKey: `perennial_${random(24)}`,
    demoOperatorKey: `perennial_operator_${random(24)}`,
    demoAdminPassword: `demo-${random(9)}`,
    ...known,
  };
  await keepSecrets(dataDir, secrets);
  return secrets;
}

export function keepSecrets(dataDir: string, secrets: Secrets): Promise<void> {
  return writeWhole(pathIn(dataDir), secrets);
}

/**
 * Writes JSON so that a reader, or a kill, sees the old or the new file whole. Only its owner may
 * read it.
 */
export async function writeWhole(path: string, content: unknown): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}
