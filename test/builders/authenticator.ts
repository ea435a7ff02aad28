import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();

/** Somebody was there, and was verified by finger, face or PIN. */
const THERE = 0x05;
const WITH_KEY = 0x40;

/** An authenticator of our own with one passkey, which answers as a browser would (WebAuthn 3). */
export function anAuthenticator(publicUrl: string, { isVerified = true } = {}) {
  const { hostname, origin } = new URL(publicUrl);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const rawId = randomBytes(16);
  const id = rawId.toString('base64url');
  let counter = 0;
  const dataOf = (flags: number): Buffer => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(hostname), Buffer.from([isVerified ? flags : flags & ~0x04]), count]);
  };
  const clientData = (type: string, challenge: string, from = origin): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));
  const answer = (response: object) => ({ id, rawId: id, type: 'public-key' as const, response });
  return {
    id,
    make(challenge: string, from?: string) {
      const key = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
        [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
      ]);
      const length = Buffer.from([0, rawId.length]);
      const cose = Buffer.from(isoCBOR.encode(key as never));
      const authData = Buffer.concat([dataOf(THERE | WITH_KEY), Buffer.alloc(16), length, rawId, cose]);
      const made = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ]);
      return answer({
        clientDataJSON: clientData('webauthn.create', challenge, from).toString('base64url'),
        attestationObject: Buffer.from(isoCBOR.encode(made as never)).toString('base64url'),
      });
    },
    sign(challenge: string, from?: string) {
      counter += 1;
      const [authData, client] = [dataOf(THERE), clientData('webauthn.get', challenge, from)];
      const signature = createSign('sha256')
        .update(Buffer.concat([authData, sha256(client)]))
        .sign(privateKey);
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
      });
    },
    /** As a copy of it that was taken before. */
    turnBack: () => void (counter = 0),
  };
}
