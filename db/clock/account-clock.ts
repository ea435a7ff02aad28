import { fromMs, type Instant } from '../../workflows/domain/instant.ts';

type Clock = { clockAt: Instant | null; clockTarget: Instant | null };

/** An account's now: where its clock stands or is going, else real time [R23.3]. */
export const nowOf = ({ clockAt, clockTarget }: Clock): Instant => clockTarget ?? clockAt ?? fromMs(Date.now());
