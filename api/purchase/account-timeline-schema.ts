import { z } from 'zod';
import { EMAIL_KINDS } from '../../emails/catalogue.ts';
import { EMAIL_STATES } from '../../db/entities/email.ts';
import { ENTRY_TYPES } from '../../workflows/domain/outcome.ts';
import { id, instant } from '../http/fields.ts';
import { namedPurchase } from './named-purchase.ts';
import { actorSchema } from './purchase-schema.ts';

const entry = z
  .strictObject({
    kind: z.literal('entry'),
    id,
    at: instant,
    purchase: namedPurchase.nullable(),
    type: z.enum(ENTRY_TYPES),
    actor: actorSchema,
    commandId: id.nullable(),
    reason: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'HappenedEntry' });

const email = z
  .strictObject({
    kind: z.literal('email'),
    id,
    at: instant,
    purchase: namedPurchase.nullable(),
    emailKind: z.enum(EMAIL_KINDS),
    to: z.string().nullable(),
    state: z.enum(EMAIL_STATES),
  })
  .meta({ id: 'HappenedEmail' });

export const accountTimelineEntry = z
  .discriminatedUnion('kind', [entry, email])
  .meta({ id: 'AccountTimelineEntry', description: 'An entry of a timeline, or an email.' });
