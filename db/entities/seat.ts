import { defineEntity, p } from '@mikro-orm/core';
import { instant } from './column-types.ts';

export const SEAT_STATES = ['booked', 'canceled'] as const;
export type SeatState = (typeof SEAT_STATES)[number];

const schema = defineEntity({
  name: 'Seat',
  tableName: 'seats',
  properties: {
    /** The id of the command that booked it. */
    id: p.uuid().primary(),
    accountId: p.uuid(),
    purchaseId: p.uuid(),
    contactId: p.uuid(),
    blockId: p.uuid(),
    expertId: p.uuid(),
    /** The day in the block's own zone. */
    date: p.string().columnType('date'),
    /** Which of the block's seats, the first being 1. */
    seat: p.integer(),
    state: p.text().$type<SeatState>(),
    startsAt: instant(),
    endsAt: instant(),
    bookedAt: instant(),
    endedAt: instant().strictNullable(),
    endedBy: p.uuid().strictNullable(),
  },
});

/** A seat in one day's office hours [R19.6]: written with its purchase's timeline. */
export class Seat extends schema.class {}
schema.setClass(Seat);
