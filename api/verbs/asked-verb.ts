import { z } from 'zod';
import type { StripeGateway } from '../../activities/gateways/stripe.ts';
import type { Scoped } from '../../db/account-scope.ts';
import type { Purchase } from '../../db/entities/purchase.ts';
import { parseInstant, type Instant } from '../../workflows/domain/instant.ts';
import type { LifecycleSettings } from '../../workflows/domain/settings.ts';
import type { Actor, Role } from '../../workflows/domain/verb.ts';
import { freeText, givenId } from '../http/fields.ts';

/** What every verb may be asked with, besides its own fields. */
export const asked = {
  dryRun: z.boolean().default(false).describe('Only say what it would do.'),
  planHash: z
    .string()
    .max(64)
    .optional()
    .describe('From the preview: refused with preview_stale if the plan has become another.'),
  expectedVersion: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .describe('Refused with state_moved if the version is another.'),
  reason: freeText.optional().describe('Why; kept with the command.'),
};

/** Whether a reason was given, which is kept with the command itself. */
export const reasonKept = z.boolean().default(false);
export const isReason = (reason: string | undefined): boolean => reason !== undefined && reason.trim() !== '';

/** What customers have asked for is carried out by the verb that names it [R9.5]. */
export const requestId = givenId.optional().describe('The open cancellation request that this carries out.');

/** What the bodies of all verbs have in common. */
export type AskedBody = {
  dryRun: boolean;
  planHash?: string | undefined;
  expectedVersion?: number | undefined;
  reason?: string | undefined;
  feedback?: string | undefined;
};

/** Whose verb is prepared, and by which instant. */
export type Preparing = {
  em: Scoped;
  purchase: Purchase;
  now: Instant;
  actor: Actor;
  settings: LifecycleSettings;
  planHash: string | null;
  stripe: Pick<StripeGateway, 'balanceOf' | 'changeQuote' | 'createPrice' | 'creditOf' | 'stillSells'>;
};

/** How a verb is asked for: who may, with what, and what of that is the verb's own. */
export type AskedVerb<Input, Body extends AskedBody = AskedBody> = {
  /** What generated clients call it: a verb and its object. */
  operationId: string;
  summary: string;
  roles: readonly Role[];
  /** What is put into the inbox, over HTTP or by hand. */
  input: z.ZodType<Input>;
  body: z.ZodType<Body>;
  /** A body that would be accepted, for the docs. */
  example: object;
  /** Adds what only Postgres and Stripe know, read when it is asked for. */
  prepare?(this: void, input: Input, around: Preparing): Promise<Input>;
  /** The verb's input, out of its checked body; what people wrote never goes into it [R24.4]. */
  toInput(this: void, body: Body): Input;
};

/** Holds the example and the input against the schemas. */
export const defineAskedVerb = <Input, Body extends z.ZodType<AskedBody>>(
  verb: AskedVerb<Input, z.output<Body>> & { body: Body; example: z.input<Body> },
) => verb;

/** An instant with a zone, read to UTC with milliseconds; a bare date is refused [R1.1]. */
export const instantAsked = z
  .string()
  .meta({ format: 'date-time', examples: ['2027-03-31T09:00:00.000Z'] })
  .transform((text, context) => {
    const at = parseInstant(text);
    if (at) return at;
    context.addIssue({ code: 'custom', message: 'must be an instant with a zone, such as 2027-03-31T09:00:00Z' });
    return z.NEVER;
  });

/** Which products; null = all of the purchase. */
export const productsAsked = z.strictObject({
  productIds: z.array(z.uuid()).min(1).max(200).nullable().default(null),
});
