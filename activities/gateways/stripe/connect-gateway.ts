import type { Account } from './lists.ts';

/** What a restricted key opens; `missing`: what it is not allowed and has to be, in words. */
export type KeyReading =
  { kind: 'opens'; stripeAccount: string } | { kind: 'unknown' } | { kind: 'lacks'; missing: string[] };

/** Whose access a call uses: a key that is not kept yet, or what is connected. */
export type Access = { key: string } | { stripeAccount: Account };

export type NewEndpoint = { url: string; types: readonly string[]; apiVersion: string };

/** `accessToken`: a key to it, which is not kept: the platform's own reaches it from now on. */
export type Admitted = { stripeAccount: string; isLivemode: boolean; accessToken: string };

export type AuthorizeInput = { clientId: string; state: string; redirectUri: string };

/** What a key is for besides billing. */
export type KeyNeeds = { clocks: boolean; endpoint: boolean };

/** Of the Stripe accounts that accounts connect. @throws as the rest of the gateway */
export type ConnectGateway = {
  /** Changes nothing at Stripe. */
  readKey(key: string, needs: KeyNeeds): Promise<KeyReading>;
  /** Stripe's page, on which somebody lets the platform act for their account. */
  authorizeUrl(asked: AuthorizeInput): string;
  /** Who was let in there; null = the code is spent, too old, or none of ours. */
  exchangeCode(code: string): Promise<Admitted | null>;
  /** Gives our access back; nothing where it was taken back before. */
  deauthorize(clientId: string, stripeAccount: string): Promise<void>;
  /** A new one; `older`: those of the same address, which are to be removed once it is kept. */
  placeEndpoint(access: Access, wanted: NewEndpoint): Promise<{ id: string; secret: string; older: string[] }>;
  /** Also where it is gone, or may not be reached any more. */
  removeEndpoint(id: string, stripeAccount: Account): Promise<void>;
};
