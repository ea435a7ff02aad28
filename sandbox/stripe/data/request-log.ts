import type { FormTree } from '../protocol/form.ts';

export interface LoggedRequest {
  id: string;
  at: string;
  account: string;
  method: string;
  path: string;
  idempotencyKey: string | null;
  params: FormTree;
  status: number | null;
  replayed: boolean;
  fault: string | null;
}

const KEPT = 10_000;

/** The latest API requests, for tests to assert what was sent. Lives in memory. */
export class RequestLog {
  entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): LoggedRequest {
    if (this.entries.length >= KEPT) this.entries.splice(0, KEPT / 10);
    this.entries.push(entry);
    return entry;
  }
}
