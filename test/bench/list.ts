import type { Bench } from './bench.ts';
import { eventToRead } from './event-to-read.ts';
import { growth } from './growth.ts';
import { read } from './read.ts';
import { start } from './start.ts';
import { verbLatency } from './verb-latency.ts';
import { webhookAccept } from './webhook-accept.ts';

/** Every item of the measure, in the order of the table. */
export const benches: readonly Bench[] = [webhookAccept, verbLatency, eventToRead, read, growth, start];
