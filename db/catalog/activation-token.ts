import { toMs, type Instant } from '../../workflows/domain/instant.ts';
import { isSignedBy, signatureOf } from '../signature.ts';

type Activated = { id: string; activationSince: Instant };

/**
 * In an offer's activation address; nobody else can make it, and another one begins with each
 * switch.
 */
export const activationToken = (offer: Activated, secretKey: string): string =>
  `${offer.id}.${signatureOf(signed(offer), secretKey)}`;

/** The offer that a token names, whoever made it. */
export const offerOfToken = (token: string): string => token.split('.')[0] ?? '';

/** Whether one of the keys has signed the token for the offer as it is switched on now. */
export function isActivationToken(token: string, offer: Activated, secretKeys: readonly string[]): boolean {
  const [, given = '', ...more] = token.split('.');
  return more.length === 0 && isSignedBy(secretKeys, signed(offer), given);
}

const signed = ({ id, activationSince }: Activated): string => `activate:${id}:${toMs(activationSince)}`;
