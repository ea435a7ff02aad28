/** An error as Resend answers it: https://resend.com/docs/api-reference/errors */
export type Refusal = { statusCode: number; name: string; message: string };

const refusal = (statusCode: number, name: string, message: string): Refusal => ({ statusCode, name, message });

export const MISSING_API_KEY = refusal(401, 'missing_api_key', 'Missing API key in the authorization header.');
export const INVALID_API_KEY = refusal(403, 'invalid_api_key', 'API key is invalid.');
export const NOT_FOUND = refusal(404, 'not_found', 'Email not found');
export const NO_SUPPRESSION = refusal(404, 'not_found', 'Suppression not found');
export const METHOD_NOT_ALLOWED = refusal(405, 'method_not_allowed', 'Method is not allowed for the requested path.');
export const INVALID_IDEMPOTENCY_KEY = refusal(
  400,
  'invalid_idempotency_key',
  'The idempotency key must be between 1 and 256 characters.',
);
export const INVALID_IDEMPOTENT_REQUEST = refusal(
  409,
  'invalid_idempotent_request',
  'Same idempotency key used with a different request payload.',
);
export const CONCURRENT_IDEMPOTENT_REQUESTS = refusal(
  409,
  'concurrent_idempotent_requests',
  'Same idempotency key used while original request is still in progress.',
);
export const INTERNAL_SERVER_ERROR = refusal(500, 'internal_server_error', 'An unexpected error occurred.');

export const rateLimitExceeded = (perSecond: number): Refusal =>
  refusal(429, 'rate_limit_exceeded', `Too many requests. You can only make ${perSecond} requests per second.`);

export const missingField = (field: string): Refusal =>
  refusal(422, 'missing_required_field', `Missing \`${field}\` field.`);

export const invalid = (message: string): Refusal => refusal(422, 'validation_error', message);

export const invalidFrom = refusal(
  422,
  'invalid_from_address',
  'Invalid `from` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.',
);
