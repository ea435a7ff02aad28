import { tryCode } from '../auth/try-code.ts';
import { tryPassword } from '../auth/try-password.ts';
import { invalid, Problem } from '../http/problem.ts';
import type { AdminCall } from '../http/route.ts';
import { startMail } from '../mail/start-mail.ts';
import { type SecondFactorDeps, wrongCode } from './second-factor-login.ts';

type Proving = Pick<AdminCall<unknown, unknown, unknown>, 'unscoped' | 'admin' | 'ip'>;

/** Whoever changes how they log in gives their password once more. @throws Problem 422, 429 */
export async function provePassword({ unscoped, admin, ip }: Proving, password: string): Promise<void> {
  const tried = { kind: 'admin' as const, people: [admin], email: admin.email, password, ip };
  await tryPassword(unscoped, tried).catch((error: unknown) => {
    const isWrong = error instanceof Problem && error.code === 'wrong_credentials';
    throw isWrong ? invalid('password', 'is not right', 'wrong_credentials') : error;
  });
}

/** As `provePassword`, with a code, which it uses up. @throws Problem 422, 429 */
export async function proveCode({ unscoped, admin, ip }: Proving, code: string, deps: SecondFactorDeps) {
  const { isRight, emailId } = await tryCode(unscoped, { admin, code, ip }, deps.secretKey);
  if (!isRight) throw wrongCode(422);
  startMail(deps.wakes, emailId);
}
