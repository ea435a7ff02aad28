import type { EntityManager } from '@mikro-orm/postgresql';
import { hashPassword } from '../../api/auth/passwords.ts';
import { codeAt } from '../../api/auth/totp.ts';
import { recoveryCodeHash } from '../../api/auth/recovery-codes.ts';
import { Admin } from '../../db/entities/admin.ts';
import { beginHalfLogin } from '../../db/people/half-logins.ts';
import { createLoginToken, type LoginTokenKind } from '../../db/people/login-tokens.ts';
import { replaceRecoveryCodes } from '../../db/people/second-factors.ts';
import { beginSession, sessionsOf } from '../../db/people/sessions.ts';
import { anAdmin } from '../builders/rows.ts';
import { anApp, aWaitingApp, STEP_MS } from '../builders/second-factors.ts';
import { SECRET_KEY } from './an-api.ts';
import { twoPasskeys } from './walk-passkeys.ts';

const PASSWORD = 'correct horse battery staple';
const WALKER = 'walker@example.com';

/** An admin with two sessions, who walks through what is their own; the token of one of them. */
export async function aWalker(em: EntityManager, accountId: string): Promise<string> {
  const support = { accountId, role: 'support', email: WALKER } as const;
  const adminId = await anAdmin(em, { ...support, passwordHash: await hashPassword(PASSWORD) });
  await beginSession(em, { adminId });
  return (await beginSession(em, { adminId })).token;
}

/** What operations by which admins come in are asked with; `adminId`: who is still to confirm. */
export async function loginSteps(em: EntityManager, accountId: string, adminId: string) {
  const support = { accountId, role: 'support' } as const;
  const named = (email: string) => anAdmin(em, { ...support, email });
  const forgetful = await named('forgetful@example.com');
  const token = async (kind: LoginTokenKind, of: string) => {
    const now = new Date().toISOString();
    return (await createLoginToken(em, { accountId, adminId: of, kind, now })).token;
  };
  const [careful, lost] = [await named('careful@example.com'), await named('lost@example.com')];
  const { recoveryCode } = await anApp(em, careful, SECRET_KEY);
  await anApp(em, lost, SECRET_KEY);
  const { token: halfToken } = await beginHalfLogin(em, careful);
  return {
    confirmAdmin: { body: { token: await token('confirm_admin', adminId), password: PASSWORD } },
    sendAdminResetLink: { body: { email: 'nobody@example.com' } },
    resetAdminPassword: { body: { token: await token('reset_admin', forgetful), password: PASSWORD } },
    giveSecondFactor: { body: { token: halfToken, code: recoveryCode } },
    resetSecondFactor: { params: { adminId: lost }, body: { reason: 'The phone is lost' } },
    ...(await ownSteps(em)),
  };
}

/** The walker's own. The codes of their app are those of the moment at which they are asked for. */
async function ownSteps(em: EntityManager) {
  const { id } = await em.findOneOrFail(Admin, { email: WALKER });
  const other = (await sessionsOf(em, id)).at(-1);
  const secret = await aWaitingApp(em, id, SECRET_KEY);
  const recoveryCode = 'abcd-efgh-jkmn-pqrs';
  await replaceRecoveryCodes(em, id, [recoveryCodeHash(id, recoveryCode)]);
  const codeNow = (steps = 0) => codeAt(secret, Date.now() + steps * STEP_MS);
  return {
    getOwnSignIn: {},
    endOwnSession: { params: { sessionId: other?.id ?? '' } },
    endOwnOtherSessions: {},
    confirmOwnApp: {
      get body() {
        return { code: codeNow() };
      },
    },
    makeOwnRecoveryCodes: { body: { password: PASSWORD, code: recoveryCode } },
    removeOwnApp: {
      get body() {
        return { password: PASSWORD, code: codeNow(1) };
      },
    },
    beginOwnApp: { body: { password: PASSWORD } },
    ...(await passkeySteps(em, id)),
  };
}

async function passkeySteps(em: EntityManager, adminId: string) {
  const { made, signed, one } = await twoPasskeys(em, { adminId });
  return {
    beginOwnPasskey: { body: { password: PASSWORD } },
    addOwnPasskey: { body: { name: 'Phone', credential: made } },
    beginPasskeyLogin: {},
    createSessionByPasskey: { body: { credential: signed } },
    renameOwnPasskey: { ...one, body: { name: 'Oldest phone' } },
    removeOwnPasskey: { ...one, body: { password: PASSWORD } },
  };
}
