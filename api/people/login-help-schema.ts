import { z } from 'zod';
import { BLOCK_SOURCES } from '../../workflows/domain/access.ts';
import { LOGIN_CAUSES, NEXT_STEPS } from '../../workflows/domain/login-cause.ts';
import { id, instant } from '../http/fields.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';

const at = instant.nullable();
const text = z.string().nullable();

const nearMatchSchema = z
  .strictObject({ contactId: id, email: z.string(), isCustomer: z.boolean() })
  .meta({ id: 'NearMatch', description: 'A contact whose address is nearly the one that was asked for.' });

const evidenceSchema = z
  .strictObject({
    emailId: id.nullable().describe('The email that shows it.'),
    sentAt: at,
    providerText: text.describe('What the mail provider said of it.'),
    linkKind: z.enum(['set_password', 'reset_password', 'login']).nullable(),
    linkExpiresAt: at,
    linkOpenedAt: at,
    linkRefusedAt: at.describe('When the link was last tried in vain.'),
    until: at.describe('When a lock ends, or a product opens by itself.'),
    switchedOffBy: z
      .enum(['account', 'offer', 'grant'])
      .nullable()
      .describe('`grant`: whoever granted it skipped the email.'),
    purchaseId: id.nullable(),
    offerName: text,
    productId: id.nullable(),
    productName: text,
    blocks: z.array(z.strictObject({ source: z.enum(BLOCK_SOURCES), since: instant, by: actorSchema.nullable() })),
    nearMatches: z.array(nearMatchSchema),
    lastLoginAt: at,
  })
  .meta({ id: 'LoginEvidence', description: 'What shows it; null: it does not belong to the cause, or is not known.' });

const nextStepSchema = z
  .strictObject({
    kind: z.enum(NEXT_STEPS),
    method: z.enum(['POST', 'PATCH']).nullable(),
    path: text.describe('The route that does it; null: nothing here does.'),
  })
  .meta({ id: 'LoginNextStep' });

const causeSchema = z
  .strictObject({
    code: z.enum(LOGIN_CAUSES),
    at: at.describe('Since when it is so.'),
    evidence: evidenceSchema,
    nextStep: nextStepSchema,
  })
  .meta({ id: 'LoginCause', description: 'One reason why somebody gets no login email, or cannot log in.' });

export const loginHelpSchema = z
  .strictObject({
    contactId: id.nullable().describe('null: nobody has the address.'),
    email: z.string(),
    causes: z.array(causeSchema).describe('The most likely first; `login_fine` where nothing is wrong.'),
  })
  .meta({ id: 'LoginHelp' });

export type ApiLoginHelp = z.output<typeof loginHelpSchema>;
export type ApiLoginCause = ApiLoginHelp['causes'][number];
