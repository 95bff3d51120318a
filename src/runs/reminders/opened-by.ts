import type { LeftOpen } from '../../operations/left-open.ts';
import type { ChangingOperation } from '../../operations/operation.ts';
import type { StoredRun } from '../run.ts';

/** What a run leaves open when it has ended, and of what; a run that carries on a job of Azure's leaves open what that job does. */
export interface OpenedBy {
  readonly leftOpen: LeftOpen;
  /** As `stillOpen` takes them. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** ARM id that later runs of the same close it by. */
  readonly target: string;
}

/** Undefined for a run that leaves nothing open. */
export function openedBy(
  operations: ReadonlyMap<string, ChangingOperation>,
  run: Pick<StoredRun, 'operation' | 'parameters' | 'targets' | 'preview'>,
): OpenedBy | undefined {
  const { operation, parameters } = run.preview.continues ?? run;
  const leftOpen = operations.get(operation)?.leftOpen;
  return leftOpen === undefined ? undefined : { leftOpen, parameters, target: closesOn(operations, run) };
}

/** What a run closes, if it was left open before: by the first target of the request that it is, or carries on. */
export function closesOn(
  operations: ReadonlyMap<string, ChangingOperation>,
  { targets, preview: { continues } }: Pick<StoredRun, 'targets' | 'preview'>,
): string {
  const own = continues && operations.get(continues.operation)?.targets(continues.parameters);
  return (own ?? targets)[0] ?? '';
}
