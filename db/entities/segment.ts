import { defineEntity, p } from '@mikro-orm/core';
import type { SegmentFilter, SegmentMatch } from '../../workflows/domain/segment.ts';
import { instant } from './column-types.ts';

const schema = defineEntity({
  name: 'Segment',
  tableName: 'segments',
  properties: {
    id: p.uuid().primary(),
    accountId: p.uuid(),
    /** Unique within the account, without regard to case. */
    name: p.text(),
    match: p.text().$type<SegmentMatch>(),
    filters: p.json<SegmentFilter[]>(),
    createdAt: instant(),
  },
});

/** Filters of contacts that an account keeps; who meets them is asked anew each time [R3.7]. */
export class Segment extends schema.class {}
schema.setClass(Segment);
