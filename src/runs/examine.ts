import { CatalogueError } from '../errors.ts';
import { ownRightFindings } from '../operations/checks/own-rights.ts';
import type { Context } from '../operations/context.ts';
import type { ChangingOperation } from '../operations/operation.ts';
import type { Finding, Preview } from '../operations/screen.ts';
import { assertRights } from './rights.ts';

/** What a proposal would do and what stands in its way. */
export interface Examination {
  readonly preview: Preview;
  readonly findings: readonly Finding[];
}

/**
 * Rights, preview and checks of an operation, as of now. Rights and preview are read at the same time, and a missing right
 * is what is told when both fail. What the bot itself may not do blocks like any other finding.
 * @throws CatalogueError `no-right`, or whatever the preview meets in Azure.
 */
export async function examine(
  context: Context,
  operation: ChangingOperation,
  parameters: Record<string, unknown>,
): Promise<Examination> {
  const preview = operation.preview(context, parameters);
  preview.catch(() => undefined);
  const rights = await operation.rights(context, parameters);
  await assertRights(context, context.actor, rights);
  const seen = await preview;
  const [own, findings] = await Promise.all([
    ownRightFindings(context, rights),
    operation.checks(context, parameters, seen),
  ]);
  return { preview: seen, findings: [...own, ...findings] };
}

/** @throws CatalogueError `blocked-by-checks`; its values hold the texts and the advice of what blocks. */
export function assertNothingBlocks(findings: readonly Finding[]): void {
  const blocking = findings.filter((finding) => finding.severity === 'blocks');
  if (blocking.length === 0) return;
  throw new CatalogueError('blocked-by-checks', {
    values: {
      ids: blocking.map((finding) => finding.id),
      findings: blocking.map((finding) => finding.text),
      advice: blocking.flatMap((finding) => (finding.advice === undefined ? [] : [finding.advice])),
    },
  });
}
