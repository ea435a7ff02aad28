import { z } from 'zod';
import type { Passkey } from '../../db/entities/passkey.ts';
import { partyOf, type Party } from '../auth/passkeys.ts';
import { id, instant } from '../http/fields.ts';
import { Problem, wrongState } from '../http/problem.ts';

export const passkeySchema = z
  .strictObject({ id, name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() })
  .meta({ id: 'Passkey' });

type Shown = Pick<Passkey, 'id' | 'name' | 'createdAt' | 'lastUsedAt'>;

export const toApiPasskey = ({ id: passkeyId, name, createdAt, lastUsedAt }: Shown) => ({
  id: passkeyId,
  name,
  createdAt,
  lastUsedAt,
});

const part = z.string().min(1).max(20_000);

/** What a browser answers, as `PublicKeyCredential.toJSON()` writes it. */
export const madeCredential = z.looseObject({
  id: part,
  rawId: part,
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: part, attestationObject: part }),
});

export const signedCredential = z.looseObject({
  id: part,
  rawId: part,
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: part, authenticatorData: part, signature: part }),
});

const BROWSER = { id: 'kGqrTkUm6Yw2nA', rawId: 'kGqrTkUm6Yw2nA', type: 'public-key' } as const;

export const MADE_EXAMPLE = {
  ...BROWSER,
  response: { clientDataJSON: 'eyJ0eXBl', attestationObject: 'o2NmbXRk' },
};

export const SIGNED_EXAMPLE = {
  ...BROWSER,
  response: { clientDataJSON: 'eyJ0eXBl', authenticatorData: 'SZYN5Ygq', signature: 'MEUCIQDk' },
};

export const optionsSchema = z.strictObject({
  options: z
    .looseObject({ challenge: z.string() })
    .describe('For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`.'),
});

/** @throws Problem 409 where the service is reached at a bare number */
export function theParty(publicUrl: string): Party {
  const party = partyOf(publicUrl);
  if (!party) throw wrongState('Passkeys need a name in PUBLIC_URL: for browsers, a bare IP address has none.');
  return party;
}

export const wrongPasskey = (status: 401 | 422) =>
  new Problem(status, 'wrong_credentials', {
    detail: 'This passkey is not known here, or its answer came too late. Try again.',
    field: 'credential',
  });
