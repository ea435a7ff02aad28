import type { Actor, Role } from '../../workflows/domain/verb.ts';

/** Who asks: recorded with every verb by id [R2.3]. Without an account it is an operator's. */
export type Caller = { actor: Actor; role: Role; accountId: string | null };
