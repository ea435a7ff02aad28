import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Instant } from '../../workflows/domain/instant.ts';
import type { Actor } from '../../workflows/domain/verb.ts';
import type { Scoped, Unscoped } from '../account-scope.ts';
import { Account } from '../entities/account.ts';
import { Admin } from '../entities/admin.ts';
import { OperatorAction } from '../entities/operator-action.ts';
import { findPage, NEWEST, type Page, type PageQuery } from '../page.ts';
import { run, sql } from '../sql.ts';

/** What operators did to the account of `em` and in its name, the newest first. */
export const listOperatorActions = (em: Scoped, page: PageQuery): Promise<Page<OperatorAction>> =>
  findPage(em, OperatorAction, { order: NEWEST, where: {} }, page);

/** By whom an account is acted on, when by real time, and why. */
export type Acting = { accountId: string; actor: Actor; reason: string; createdAt: Instant };

/** The account, locked, so that two who act on it do so one after the other. */
export const lockAccount = (tx: Unscoped, id: string): Promise<Account | null> =>
  tx.findOne(Account, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });

/** Its admins are out at once [R27.9]. */
export async function suspendAccount(tx: Unscoped, account: Account, acting: Acting): Promise<void> {
  account.suspendedAt = acting.createdAt;
  await tx.flush();
  await keepAction(tx, { ...acting, kind: 'suspend' });
  await endSessionsOfAdmins(tx, account.id);
}

/** Its admins may come in again. What a closing has canceled stays so. */
export async function reopenAccount(tx: Unscoped, account: Account, acting: Acting): Promise<void> {
  account.suspendedAt = null;
  account.closedAt = null;
  await tx.flush();
  await keepAction(tx, { ...acting, kind: 'reopen' });
}

type Kept = Acting & Pick<OperatorAction, 'kind'> & Partial<Pick<OperatorAction, 'endsAt' | 'jobId'>>;

/** The id of what was done. */
export async function keepAction(tx: EntityManager, kept: Kept): Promise<string> {
  const id = uuid();
  await tx.insert(OperatorAction, { id, endsAt: null, jobId: null, ...kept });
  return id;
}

/** The person who an operator is; null for an API key. */
export const operatorAdmin = (em: Unscoped, { id }: Actor): Promise<Admin | null> =>
  em.findOne(Admin, { id: id ?? '', removedAt: null });

/** Operators who act in the account stay. */
export async function endSessionsOfAdmins(tx: EntityManager, accountId: string): Promise<void> {
  await run(
    tx,
    sql`delete from sessions s using admins a
      where a.id = s.admin_id and a.account_id = ${accountId} and s.operator_action_id is null`,
  );
}
