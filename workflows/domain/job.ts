/** `scheduled`: until its time. `canceled`: what is left is not done any more. */
export const JOB_STATES = ['scheduled', 'running', 'paused', 'canceled', 'done'] as const;
export type JobState = (typeof JOB_STATES)[number];

export const JOB_CHANGES = ['pause', 'resume', 'cancel'] as const;
export type JobChange = (typeof JOB_CHANGES)[number];

const CHANGES: Record<JobChange, { from: readonly JobState[]; to: JobState }> = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['scheduled', 'running', 'paused'], to: 'canceled' },
};

/** The state into which a change brings a job; null = in this one there is no such change. */
export const afterChange = (state: JobState, change: JobChange): JobState | null =>
  CHANGES[change].from.includes(state) ? CHANGES[change].to : null;

/** What may be done with a job in this state, for whoever looks at it. */
export const changesOf = (state: JobState): JobChange[] =>
  JOB_CHANGES.filter((change) => afterChange(state, change) !== null);

/**
 * `prepare`: make rows of what is to be done. `work`: do some of it. `withdraw`: end what was not
 * begun. `wait`: for somebody, or its time.
 */
export type JobNext = 'prepare' | 'work' | 'withdraw' | 'wait' | 'end';

/**
 * `isHalted`: its account is suspended or closed. `underWay`: lines of unknown outcome; they are
 * among the `open` ones.
 */
export type JobStanding = {
  state: JobState;
  isPrepared: boolean;
  isHalted: boolean;
  open: number;
  underWay: number;
};

/** What a job does next; asked anew after each piece, of what is in Postgres then. */
export function nextOfJob({ state, isPrepared, isHalted, open, underWay }: JobStanding): JobNext {
  switch (state) {
    case 'scheduled':
    case 'paused':
      return 'wait';
    case 'running':
      if (isHalted) return 'wait';
      if (!isPrepared) return 'prepare';
      return open > 0 ? 'work' : 'end';
    case 'canceled':
      if (underWay > 0) return 'work';
      return open > 0 ? 'withdraw' : 'end';
    case 'done':
      return 'end';
  }
}

/** After a piece that could not be done yet: the longer, the oftener in a row. */
export const backOffMs = (failures: number): number => Math.min(300_000, 5_000 * 2 ** (failures - 1));
