import type { z } from 'zod';
import type { securitySchema } from '../../../people/security.ts';

/** How an admin signs in, as the API says it. */
export type OwnSignIn = z.output<typeof securitySchema>;
