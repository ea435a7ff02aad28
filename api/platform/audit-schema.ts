import { z } from 'zod';
import { AUDIT_KINDS, AUDIT_SUBJECTS } from '../../workflows/domain/audit.ts';
import { DATES, dayOrInstant } from '../http/day-or-instant.ts';
import { givenId, id, instant, part } from '../http/fields.ts';
import { actorSchema } from '../purchase/purchase-schema.ts';

const kind = z
  .enum(AUDIT_KINDS)
  .meta({ id: 'AuditKind', description: 'What it is about, and what was done; a verb of a purchase by its name.' });

const fields = z
  .record(z.string(), z.unknown())
  .describe('By their names, those inside of others by their path. What is secret is `(hidden)`.')
  .meta({ id: 'AuditFields' });

export const auditEntrySchema = z
  .strictObject({
    id,
    accountId: id.describe('All zeros: of no account, such as a login with an address that nobody has.'),
    at: instant.describe('By real time.'),
    kind,
    by: actorSchema.nullable().describe('null: nobody knows who it was, as of a login that was refused.'),
    ip: z.string().nullable().describe('The address from which it was asked; null: not over HTTP, or erased.'),
    requestId: id.nullable().describe('`X-Request-Id` of the request, which stands in the log as well.'),
    subject: z.strictObject({ kind: z.enum(AUDIT_SUBJECTS), id: z.string().nullable() }),
    commandId: id.nullable().describe('The command of a purchase, which says what became of it.'),
    before: fields.nullable().describe('Of what was changed, as it was; null: nothing was there, or is told.'),
    after: fields.nullable().describe('The same as it became, or what was asked for.'),
    forgottenAt: instant.nullable().describe('When what was personal in it was erased.'),
  })
  .meta({ id: 'AuditEntry', description: 'One thing that somebody did. Entries are only added.' });

export type ApiAuditEntry = z.output<typeof auditEntrySchema>;

/** Which entries. */
export const auditFilter = {
  kind: kind.optional(),
  subjectKind: z.enum(AUDIT_SUBJECTS).optional().describe('What they are about.'),
  subjectId: part.optional().describe('What they are about, by its id.'),
  actorId: part.optional().describe('Who did it: an admin, operator, API key, customer or expert, by their id.'),
  actorKind: actorSchema.shape.kind.optional(),
  from: dayOrInstant.optional().describe(`From this on. ${DATES}`),
  to: dayOrInstant.optional().describe('Before this.'),
};

export const ofAccount = { accountId: givenId.optional().describe('Of this account alone.') };
