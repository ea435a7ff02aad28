import { createHash, randomInt } from 'node:crypto';

const HOW_MANY = 10;
/** Without letters and digits that are taken for another. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

const group = (): string => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** Ten codes of 79 random bits, each like `k7vq-2mzd-x9ta-hw4c`. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: HOW_MANY }, () => Array.from({ length: 4 }, group).join('-'));

/** What is kept of a code: its SHA-256, of whoever it is, however it was typed. */
export const recoveryCodeHash = (adminId: string, code: string): string =>
  createHash('sha256')
    .update(`recovery:${adminId}:${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`)
    .digest('hex');
