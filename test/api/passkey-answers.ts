import type { Client } from './a-client.ts';
import { guest } from './use-api.ts';

type Answer = ReturnType<Client['post']>;
type Begun = { options: { challenge: string } };

/** What a browser is to sign. */
export const challengeOf = async (answer: Answer): Promise<string> =>
  ((await answer).body as unknown as Begun).options.challenge;

/** A login by passkey at one of the two doors: `/v1/sessions` or `/v1/customer-sessions`. */
export const passkeyDoor = (door: string) => ({
  toLogIn: () => challengeOf(guest.post(`${door}/passkey/options`)),
  logIn: (credential: object, at: { accountId?: string } = {}) => guest.post(`${door}/passkey`, { credential, ...at }),
});
