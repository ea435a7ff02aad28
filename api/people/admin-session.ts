import { z } from 'zod';
import type { Admin } from '../../db/entities/admin.ts';
import { ROLES } from '../../workflows/domain/verb.ts';
import type { Instant } from '../../workflows/domain/instant.ts';
import { id, instant } from '../http/fields.ts';

export const adminSessionSchema = z
  .strictObject({
    token: z.string(),
    expiresAt: instant,
    admin: z.strictObject({ id, email: z.string(), role: z.enum(ROLES), accountId: id.nullable() }),
  })
  .meta({ id: 'AdminSession', description: 'The token goes where an API key goes.' });

export const toAdminSession = (
  { id: adminId, email, role, accountId }: Admin,
  { token, expiresAt }: { token: string; expiresAt: Instant },
): z.input<typeof adminSessionSchema> => ({ token, expiresAt, admin: { id: adminId, email, role, accountId } });
