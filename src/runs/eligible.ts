import type { AccessGateway } from '../azure/ports.ts';
import { CatalogueError } from '../errors.ts';
import type { Actor, Context, Reader } from '../operations/context.ts';
import type { ChangingOperation } from '../operations/operation.ts';
import { notNamed } from './judge.ts';
import type { PolicyGroup } from './policy-schema.ts';
import { type Refusal, refusal } from './refusal.ts';
import { assertRights } from './rights.ts';
import type { Run, StoredRun } from './run.ts';

/** What looking somebody up needs. */
export interface Asking {
  readonly operations: ReadonlyMap<string, ChangingOperation>;
  readonly contextFor: (actor: Actor, reader: Reader) => Context;
}

/** Who is asked about, and for which run. */
export interface Candidate {
  readonly run: Run;
  readonly actor: Actor;
}

/** The refusal of somebody who may not approve: not named by the policy, in none of its Entra groups, or without the rights in Azure. */
export async function approverRefusal(asking: Asking, run: StoredRun, actor: Actor): Promise<Refusal | undefined> {
  return (
    notNamed(run, actor) ??
    (await rightsRefusal(asking, run, actor)) ??
    (await groupRefusal(
      asking,
      { run, actor },
      (run.requirement.approverGroups ?? []).map((entra) => ({ entra })),
    ))
  );
}

/** The refusal of a person who does not hold the operation's rights in Azure, or of whom Azure does not tell. */
export async function rightsRefusal(asking: Asking, run: StoredRun, actor: Actor): Promise<Refusal | undefined> {
  return told(async () => {
    const operation = asking.operations.get(run.operation);
    if (operation === undefined) throw new CatalogueError('not-understood', { values: { operation: run.operation } });
    const context = asking.contextFor(actor, run.reader);
    await assertRights(context, actor, await operation.rights(context, run.parameters));
    return undefined;
  });
}

/** The refusal of somebody who is missing in one of the groups. When Azure does not tell, nobody is in an Entra group. */
export async function groupRefusal(
  asking: Asking,
  { run, actor }: Candidate,
  groups: readonly PolicyGroup[],
): Promise<Refusal | undefined> {
  const { access } = asking.contextFor(actor, run.reader).azure;
  return told(async () => {
    const member = await Promise.all(groups.map((group) => isIn(group, { run, actor }, access)));
    return member.every(Boolean) ? undefined : refusal('not-in-the-group', { values: rulesOf(run) });
  });
}

async function isIn(group: PolicyGroup, { run, actor }: Candidate, access: AccessGateway): Promise<boolean> {
  if (!('entra' in group)) return group.includes(actor.oid);
  const [scope] = run.targets;
  return scope !== undefined && (await access.isMember(actor, { group: group.entra, scope }, { fresh: true }));
}

function rulesOf({ requirement }: Run) {
  return { rules: [...(requirement.rules ?? [])] };
}

async function told(ask: () => Promise<Refusal | undefined>): Promise<Refusal | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    return { code: error.code, why: error.text, advice: error.advice };
  }
}
