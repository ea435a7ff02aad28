import type { z } from 'zod';
import type { actorSchema } from '../../purchase/purchase-schema.ts';
import { ACTOR_WORDS } from '../../../emails/words/actor.ts';

/** Who did it [R2.3]: people by their address. */
export const actorInWords = ({ kind, email }: z.output<typeof actorSchema>): string => email ?? ACTOR_WORDS[kind];
