import { accessCheck } from './access-check.ts';
import { activity } from './activity.ts';
import type { Bench } from './bench.ts';
import { broadcast } from './broadcast.ts';
import { coldVerb } from './cold-verb.ts';
import { eventToRead } from './event-to-read.ts';
import { features } from './features.ts';
import { forecast } from './forecast.ts';
import { growth } from './growth.ts';
import { idleCost } from './idle-cost.ts';
import { peer } from './peer.ts';
import { read } from './read.ts';
import { receipts } from './receipts.ts';
import { search } from './search.ts';
import { metrics } from './metrics.ts';
import { segments } from './segments.ts';
import { renewalCost } from './renewal-cost.ts';
import { simulate } from './simulate.ts';
import { slots } from './slots.ts';
import { start } from './start.ts';
import { timerLateness } from './timer-lateness.ts';
import { verbLatency } from './verb-latency.ts';
import { webhookAccept } from './webhook-accept.ts';

/** Every item of the measure, in the order of the table. */
export const benches: readonly Bench[] = [
  webhookAccept,
  verbLatency,
  coldVerb,
  eventToRead,
  renewalCost,
  timerLateness,
  idleCost,
  simulate,
  read,
  search,
  segments,
  activity,
  broadcast,
  metrics,
  accessCheck,
  features,
  forecast,
  slots,
  receipts,
  growth,
  start,
  peer,
];

/** Of which production's shape has figures; the others look into one worker or `npm start`. */
export const inProduction: readonly Bench[] = [webhookAccept, verbLatency, eventToRead, timerLateness, simulate, peer];
