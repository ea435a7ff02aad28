import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

export const CALL_STATES = ['booked', 'canceled', 'held', 'no_show'] as const;
export type CallState = (typeof CALL_STATES)[number];

const schema = defineEntity({
  name: 'Call',
  tableName: 'calls',
  properties: {
    /** The id of the command that booked it. */
    id: p.uuid().primary(),
    accountId: p.uuid(),
    purchaseId: p.uuid(),
    contactId: p.uuid(),
    expertId: p.uuid(),
    state: p.text().$type<CallState>(),
    startsAt: instant(),
    endsAt: instant(),
    /** Its end and the expert's buffer: until then nobody else can have the expert. */
    busyUntil: instant(),
    /** As calendars count the versions of an event. */
    sequence: p.integer(),
    /** What has become of its credit; null = it is held for the call. */
    credit: p.text().strictNullable(),
    bookedAt: instant(),
    endedAt: instant().strictNullable(),
    /** The command that canceled or marked it; null also where it ended by itself. */
    endedBy: p.uuid().strictNullable(),
  },
});

/** A call with an expert [R19.5]: written with the entries of its purchase's timeline. */
export class Call extends schema.class {}
schema.setClass(Call);
