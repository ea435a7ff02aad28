/** The `error` of an answer, as Stripe words it. */
export interface ApiErrorBody {
  type: string;
  code?: string | undefined;
  decline_code?: string | undefined;
  message: string;
  param?: string | undefined;
  [extra: string]: unknown;
}

type FaultType = 'invalid_request_error' | 'card_error' | 'api_error' | 'idempotency_error' | 'rate_limit_error';

interface FaultDetails {
  status: number;
  type: FaultType;
  message: string;
  code?: string | undefined;
  param?: string | undefined;
  /** What happened up to the error stays: a declined charge is a fact. */
  keepsEffects?: boolean;
  /** Refused before the endpoint began: Stripe stores no idempotent answer for these. */
  beforeExecution?: boolean;
  extra?: Record<string, unknown>;
}

/** An answer in Stripe's error shape. */
export class ApiFault extends Error {
  readonly details: FaultDetails;

  constructor(details: FaultDetails) {
    super(details.message);
    this.details = details;
  }

  body(): { error: ApiErrorBody } {
    const { type, message, code, param, extra } = this.details;
    return {
      error: { ...(code && { code, doc_url: docUrl(code) }), message, ...(param && { param }), type, ...extra },
    };
  }
}

function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;
}

/** 400 about a parameter or a state that forbids the request. */
export function invalidRequest(message: string, param?: string, code?: string): ApiFault {
  return new ApiFault({ status: 400, type: 'invalid_request_error', message, param, code });
}

/** 404 `resource_missing`: no such object in this account. */
export function missing(label: string, id: string, param = 'id'): ApiFault {
  const status = param === 'id' ? 404 : 400;
  return new ApiFault({
    status,
    type: 'invalid_request_error',
    code: 'resource_missing',
    param,
    message: `No such ${label}: '${id}'`,
  });
}

/** 402 in the words of a payment error, after an attempt that was made: what it changed stays. */
export function cardFault(error: ApiErrorBody, extra: Record<string, unknown> = {}): ApiFault {
  const { type: _type, message, code, param, ...rest } = error;
  const more = { keepsEffects: true, extra: { ...rest, ...extra } };
  return new ApiFault({ status: 402, type: 'card_error', message, code, param, ...more });
}

/** 402 as well, but nothing stays of the request. */
export function cardRefusal(error: ApiErrorBody): ApiFault {
  return new ApiFault({ ...cardFault(error).details, keepsEffects: false });
}
