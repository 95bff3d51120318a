/**
 * A job as facts: when it began and how long each of its steps takes. What a reader sees (status, tasks, end) is
 * computed from the clock, so nothing has to happen for a job to go on.
 */
export interface Timeline {
  start: number;
  steps: Step[];
  cancelledAt?: number;
  /** The step during which the job fails, at its end. */
  failsAt?: number;
}

/** One step of a job; `duration` in ms. A step that waits for a person lasts until `resumedAt`. */
export interface Step {
  name: string;
  duration: number;
  waits?: boolean;
  resumedAt?: number;
}

/** How far a step is; `start` and `end` only once they are past. */
export interface StepProgress {
  readonly step: Step;
  readonly status: 'NotStarted' | 'InProgress' | 'Waiting' | 'Completed' | 'Failed' | 'Cancelled';
  readonly start?: number;
  readonly end?: number;
}

/** How far a job is; `end` only when it is over. */
export interface Progress {
  readonly status: 'InProgress' | 'Waiting' | 'Completed' | 'Failed' | 'Cancelled';
  readonly steps: readonly StepProgress[];
  readonly end?: number;
}

/** When the step at `index` begins, or undefined where an earlier one still waits for a person. */
export function stepStart(timeline: Timeline, index: number): number | undefined {
  let at = timeline.start;
  for (const step of timeline.steps.slice(0, index)) {
    const end = endOf(step, at);
    if (end === undefined) return undefined;
    at = end;
  }
  return at;
}

/** When the step at `index` ends, or undefined where it cannot be known yet. */
export function stepEnd(timeline: Timeline, index: number): number | undefined {
  const step = timeline.steps[index];
  const start = stepStart(timeline, index);
  return step === undefined || start === undefined ? undefined : endOf(step, start);
}

/** What a reader sees of the job at `now`. */
export function progressOf(timeline: Timeline, now: number): Progress {
  const until = Math.min(now, timeline.cancelledAt ?? Number.POSITIVE_INFINITY);
  const steps = timeline.steps.map((step, index) => progressOfStep(timeline, { step, index, until }));
  const end = endOfTimeline(timeline);
  if (timeline.cancelledAt !== undefined && now >= timeline.cancelledAt) {
    return { status: 'Cancelled', steps, end: timeline.cancelledAt };
  }
  if (end !== undefined && now >= end) {
    return { status: timeline.failsAt === undefined ? 'Completed' : 'Failed', steps, end };
  }
  return { status: steps.some((one) => one.status === 'Waiting') ? 'Waiting' : 'InProgress', steps };
}

/** When the job is over if nobody cancels it, or undefined where it waits for a person. */
export function endOfTimeline(timeline: Timeline): number | undefined {
  if (timeline.steps.length === 0) return timeline.start;
  return stepEnd(timeline, timeline.failsAt ?? timeline.steps.length - 1);
}

function endOf(step: Step, start: number): number | undefined {
  return step.waits === true ? step.resumedAt : start + step.duration;
}

function progressOfStep(timeline: Timeline, of: { step: Step; index: number; until: number }): StepProgress {
  const { step, index, until } = of;
  const start = stepStart(timeline, index);
  if (start === undefined || start > until || index > (timeline.failsAt ?? index))
    return { step, status: 'NotStarted' };
  const end = endOf(step, start);
  if (end !== undefined && end <= until) {
    return { step, start, end, status: timeline.failsAt === index ? 'Failed' : 'Completed' };
  }
  if (timeline.cancelledAt === until) return { step, start, end: until, status: 'Cancelled' };
  return { step, start, status: step.waits === true ? 'Waiting' : 'InProgress' };
}
