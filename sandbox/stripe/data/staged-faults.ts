/** Faults that tests and rehearsals switch on: what goes wrong with requests, and with webhooks. */
export type FaultKind = '429' | '500' | 'hang' | 'reset' | 'reset_after';

export interface RequestFault {
  kind: FaultKind;
  method?: string;
  /** Beginning of the path, e.g. `/v1/refunds`. */
  path?: string;
  /** How many requests it hits; absent: until it is taken back. */
  times?: number;
  account?: string;
}

export interface WebhookFault {
  kind: 'delay' | 'repeat' | 'reorder' | 'drop';
  /** Event types that it hits; absent: all. */
  types?: string[];
  times?: number;
  account?: string;
  /** For `delay`. */
  delayMs?: number;
}

export class StagedFaults {
  requests: RequestFault[] = [];
  webhooks: WebhookFault[] = [];

  /** The fault that hits this request, used up by one. */
  takeForRequest(method: string, path: string, account: string): FaultKind | undefined {
    const hit = this.requests.find(
      (fault) =>
        (fault.method === undefined || fault.method.toUpperCase() === method) &&
        (fault.path === undefined || path.startsWith(fault.path)) &&
        (fault.account === undefined || fault.account === account),
    );
    if (hit) this.requests = used(this.requests, hit);
    return hit?.kind;
  }

  takeForEvent(type: string, account: string): WebhookFault | undefined {
    const hit = this.webhooks.find(
      (fault) =>
        (fault.types === undefined || fault.types.includes(type)) &&
        (fault.account === undefined || fault.account === account),
    );
    if (hit) this.webhooks = used(this.webhooks, hit);
    return hit;
  }

  clear(): void {
    this.requests = [];
    this.webhooks = [];
  }
}

function used<F extends { times?: number }>(faults: F[], hit: F): F[] {
  if (hit.times === undefined) return faults;
  hit.times -= 1;
  return hit.times > 0 ? faults : faults.filter((fault) => fault !== hit);
}
