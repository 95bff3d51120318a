import type { World } from './exchange.ts';
import type { Effect, State } from './state.ts';
import { stepEnd, type Timeline } from './timeline.ts';

/** Notes that `effect` is to happen at `at` (ms); the list stays sorted, and equal times keep their order. */
export function schedule(state: State, at: number, effect: Effect): void {
  let index = state.pending.length;
  while (index > 0 && (state.pending[index - 1]?.at ?? 0) > at) index -= 1;
  state.pending.splice(index, 0, { at, effect });
}

/** A job of either service, as scheduling sees it. */
export interface StepOwner {
  readonly service: 'backup' | 'recovery';
  readonly vault: string;
  readonly job: { readonly name: string; readonly timeline: Timeline };
}

/** Notes the end of the job's step `index`, unless it waits for a person. */
export function scheduleStep(world: World, owner: StepOwner, index: number): void {
  const at = stepEnd(owner.job.timeline, index);
  if (at === undefined || owner.job.timeline.steps[index] === undefined) return;
  schedule(world.state, at, {
    kind: 'step',
    service: owner.service,
    vault: owner.vault,
    job: owner.job.name,
    step: index,
  });
}

/** Forgets the coming steps of a job, as a cancel does. */
export function unschedule(state: State, vault: string, job: string): void {
  state.pending = state.pending.filter(
    ({ effect }) => !(effect.kind === 'step' && effect.vault === vault && effect.job === job),
  );
}

/**
 * How long something takes at the state's pace: `azure` is Azure's own time in ms, `practice` the shortest at pace
 * 0.01, below which it would be over before anybody saw it.
 */
export function lasting(world: World, azure: number, practice = 0): number {
  const pace = world.state.settings.pace;
  return Math.round(Math.max(azure * pace, practice * Math.min(1, pace * 100)));
}
