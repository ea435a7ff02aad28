import { z } from 'zod';
import { VERB_NAMES, type VerbName } from '../../workflows/domain/verb.ts';
import { ALL_PROBLEM_CODES, type ProblemCode } from './problem-codes.ts';

/** One wrong field; its path is dotted: `price.amountMinor`. */
export type FieldFault = { field: string; message: string };

export type ProblemDetails = {
  detail: string;
  field?: string;
  errors?: FieldFault[];
  state?: string;
  legalVerbs?: VerbName[];
  at?: string;
  stripeCode?: string;
  /** The purchases that are in the way, or not in order. */
  purchaseIds?: string[];
  /** Of these offers, one is required. */
  offerIds?: string[];
  /** The contact of which this one has become part. */
  mergedInto?: string;
  /** Of several sites, which one? */
  sites?: { accountId: string; name: string }[];
  /** What there is no room for in the account's plan [R18.2]. */
  quota?: string;
  limit?: number;
  used?: number;
  /** The offer that would do; null = none would. */
  upgrade?: { id: string; name: string } | null;
  headers?: Record<string, string>;
};

/**
 * An answer that is a problem (RFC 9457); thrown, so that the transaction around it is rolled back.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(status: number, code: ProblemCode, details: ProblemDetails) {
    super(details.detail);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(ALL_PROBLEM_CODES),
    requestId: z.string(),
    field: z.string().optional(),
    errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
    state: z.string().optional(),
    legalVerbs: z.array(z.enum(VERB_NAMES)).optional(),
    at: z.string().optional(),
    stripeCode: z.string().optional(),
    purchaseIds: z.array(z.string()).optional().describe('The purchases that are in the way, or not in order.'),
    offerIds: z.array(z.string()).optional().describe('Of these offers, one is required.'),
    mergedInto: z.string().optional().describe('The contact of which this one has become part.'),
    sites: z.array(z.strictObject({ accountId: z.string(), name: z.string() })).optional(),
    quota: z.string().optional().describe('What the plan of the account has no room for.'),
    limit: z.int().optional(),
    used: z.int().optional(),
    upgrade: z
      .strictObject({ id: z.string(), name: z.string() })
      .nullable()
      .optional()
      .describe('The offer that would have room; null: none has.'),
  })
  .meta({
    id: 'Problem',
    description: 'What is wrong, as RFC 9457 has it; `code` is for programs, `detail` for people.',
  });

export type ProblemBody = z.output<typeof problemSchema>;

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not authenticated',
  402: 'Card refused',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'The state forbids it',
  413: 'Too large',
  415: 'Unsupported content type',
  422: 'Impossible value',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
};

export function problemBody(problem: Problem, requestId: string): ProblemBody {
  const { headers: _headers, ...details } = problem.details;
  return {
    type: `urn:perennial:problem:${problem.code}`,
    title: TITLES[problem.status] ?? 'Problem',
    status: problem.status,
    code: problem.code,
    requestId,
    ...details,
  };
}

export const notFound = (what: string): Problem =>
  new Problem(404, 'not_found', { detail: `There is no such ${what}.` });

/** A 409: how things stand forbids it. */
export const wrongState = (detail: string): Problem => new Problem(409, 'wrong_state', { detail });

/** A 422 that names one field. */
export const invalid = (field: string, message: string, code: ProblemCode = 'validation_failed'): Problem =>
  new Problem(422, code, { detail: `${field}: ${message}`, field, errors: [{ field, message }] });
