import type { World } from './exchange.ts';

/** What job a wished failure is for. */
export interface JobKind {
  readonly vault: string;
  readonly verb: string;
  readonly entity: string;
}

/** The name of the failure that was wished for this job through `/_simulator/job-failures`, if one was; used up by this. */
export function takeFailure(world: World, job: JobKind): string | undefined {
  const wishes = world.state.jobFailures;
  const index = wishes.findIndex(
    (wish) =>
      (wish.verb ?? job.verb).toLowerCase() === job.verb.toLowerCase() &&
      (wish.entity ?? job.entity).toLowerCase() === job.entity.toLowerCase(),
  );
  const wish = wishes[index];
  if (wish === undefined) return undefined;
  wish.count -= 1;
  if (wish.count <= 0) wishes.splice(index, 1);
  return wish.code;
}
