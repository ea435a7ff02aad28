import { Resend } from 'resend';
import type { MailerOptions } from './resend.ts';

/** `away`: nobody knows whether it was done; asking again is harmless. */
export type LiftOutcome = { kind: 'lifted' } | { kind: 'away'; reason: string };

/** Resend's suppression list, one for everything that is sent with our key. */
export type Suppressions = {
  /** Takes an address off the list; `lifted` also where it was not on it. */
  lift: (address: string) => Promise<LiftOutcome>;
};

const NOT_FOUND = 404;

export function createSuppressions({ apiKey, baseUrl, timeoutMs }: MailerOptions): Suppressions {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {});
  return {
    async lift(address) {
      const signal = AbortSignal.timeout(timeoutMs);
      const { error } = await resend.suppressions.remove(address, { signal });
      if (!error || error.statusCode === NOT_FOUND) return { kind: 'lifted' };
      const answer = `${error.statusCode ?? ''} ${error.name}`.trim();
      return { kind: 'away', reason: signal.aborted ? `no answer in ${timeoutMs} ms` : answer };
    },
  };
}
