import { defineEntity, p } from '@mikro-orm/core';
import type { Actor } from '../../workflows/domain/verb.ts';
import { instant } from './column-types.ts';

export const OPERATOR_ACTIONS = ['suspend', 'close', 'reopen', 'impersonate'] as const;

const schema = defineEntity({
  name: 'OperatorAction',
  tableName: 'operator_actions',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    kind: p.text().$type<(typeof OPERATOR_ACTIONS)[number]>(),
    actor: p.json<Actor>(),
    reason: p.text(),
    createdAt: instant(),
    /** When acting in the account ended, or will at the latest; null for the others. */
    endsAt: instant().strictNullable(),
    /** What a closing cancels. */
    jobId: p.uuid().strictNullable(),
  },
});

/**
 * What an operator did to an account or in its name, by real time; its owner and administrators
 * read it.
 */
export class OperatorAction extends schema.class {}
schema.setClass(OperatorAction);
