import type { Account } from './lists.ts';

/** What a restricted key opens; `missing`: what it is not allowed and has to be, in words. */
export type KeyReading =
  { kind: 'opens'; stripeAccount: string } | { kind: 'unknown' } | { kind: 'lacks'; missing: string[] };

/** Whose access a call uses: a key that is not kept yet, or what is connected. */
export type Access = { key: string } | { stripeAccount: Account };

export type NewEndpoint = { url: string; types: readonly string[]; apiVersion: string };

/** What a key is for besides billing. */
export type KeyNeeds = { clocks: boolean; endpoint: boolean };

/** Of the Stripe accounts that accounts connect. @throws as the rest of the gateway */
export type ConnectGateway = {
  /** Changes nothing at Stripe. */
  readKey(key: string, needs: KeyNeeds): Promise<KeyReading>;
  /** A new one; `older`: those of the same address, which are to be removed once it is kept. */
  placeEndpoint(access: Access, wanted: NewEndpoint): Promise<{ id: string; secret: string; older: string[] }>;
  /** Also where it is gone, or may not be reached any more. */
  removeEndpoint(id: string, stripeAccount: Account): Promise<void>;
};
