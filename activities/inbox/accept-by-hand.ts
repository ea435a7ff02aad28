import { ApplicationFailure } from '@temporalio/common';
import { askedVerb } from '../../api/verbs/index.ts';
import { scopeTo } from '../../db/account-scope.ts';
import { nowOf } from '../../db/clock/account-clock.ts';
import { Account } from '../../db/entities/account.ts';
import { Purchase } from '../../db/entities/purchase.ts';
import type { Orm } from '../../db/orm.ts';
import type { CommandByHand } from '../../workflows/messages.ts';
import { json, run, sql } from '../../db/sql.ts';
import type { StripeGateway } from '../gateways/stripe/gateway.ts';

/**
 * Puts a verb that an operator gave in the Temporal UI into the inbox, under the same rules as over
 * HTTP. `commandId` makes a repeat harmless.
 */
export const createAcceptByHand =
  ({ orm, gateway }: { orm: Orm; gateway: StripeGateway }) =>
  async ({
    purchaseId,
    commandId,
    by,
  }: {
    purchaseId: string;
    commandId: string;
    by: CommandByHand;
  }): Promise<void> => {
    const input = askedVerb(by.verb).input.safeParse(by.input ?? {});
    if (!input.success) {
      const fields = input.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
      throw ApplicationFailure.nonRetryable(`The input of ${by.verb} is wrong. ${fields}`, 'InvalidInput');
    }
    const em = orm.em.fork();
    const purchase = await em.findOne(Purchase, { id: purchaseId });
    if (!purchase) throw ApplicationFailure.nonRetryable('There is no such purchase.', 'NotFound');
    const account = await em.findOneOrFail(Account, { id: purchase.accountId });
    const scoped = scopeTo(em.fork(), account.id);
    const now = nowOf(account);
    const actor = { kind: 'operator', id: by.operatorId, role: 'operator' } as const;
    const around = { em: scoped, purchase, now, actor, settings: account.settings, planHash: null, stripe: gateway };
    const prepared = (await askedVerb(by.verb).prepare?.(input.data, around)) ?? input.data;
    await run(
      em,
      sql`insert into inbox (id, account_id, subject_kind, subject_id, class, kind, at, input, actor)
       values (${commandId}, ${account.id}, 'purchase', ${purchaseId}, 'command', ${by.verb},
         ${now}, ${json(prepared)}, ${json(actor)}) on conflict (id) do nothing`,
    );
  };
