import type { Actor, Role } from '../../workflows/domain/verb.ts';

/** The caller, recorded by id with every verb [R2.3]. Without an account it is an operator. */
export type Caller = { actor: Actor; role: Role; accountId: string | null };
