import { createHash } from 'node:crypto';

/** What a page depends on, in a few characters: two that differ anywhere differ here. */
export const digest = (shown: unknown): string =>
  createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 16);
