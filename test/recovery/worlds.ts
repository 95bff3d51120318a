import { changingOperations } from '../../src/operations/index.ts';
import type { ChangingOperation } from '../../src/operations/operation.ts';
import type { Runs } from '../../src/runs/index.ts';
import type { Decision, Run } from '../../src/runs/run.ts';
import { isPending, isTerminal } from '../../src/runs/transitions.ts';
import { crew, crewReader, openPracticeWorld, type PracticeWorld } from '../support/practice-world.ts';
import { parametersFor, startOf } from '../support/starts.ts';

/** An operation and what it is asked for with; each has a world of its own. */
export interface Order {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** An order and the world that it is for. */
export interface OrderedWorld {
  readonly order: Order;
  readonly world: PracticeWorld;
}

/** A world for each operation, where it can be asked for; jobs end at once, and nothing is in the log. */
export async function openWorlds(
  operations: readonly ChangingOperation[] = [...changingOperations.values()],
): Promise<ReadonlyMap<string, OrderedWorld>> {
  const worlds = new Map<string, OrderedWorld>();
  for (const operation of operations) {
    const world = await openPracticeWorld();
    const order = { operation: operation.id, parameters: await parametersOf(operation, world) };
    await world.pace(0);
    await world.simulator.control.clearLog();
    worlds.set(operation.id, { order, world });
  }
  return worlds;
}

/** To a region that no vault knows a replication takes as many steps as an operation can. */
async function parametersOf(operation: ChangingOperation, world: PracticeWorld): Promise<Order['parameters']> {
  if (operation.id !== 'replication.enable') return await startOf(operation, world);
  return await parametersFor(operation, world, { vm: await world.vm('web-prod-02'), region: 'uksouth' });
}

/** Azure keeps no record of these that would name ours: after a lost answer a person is asked. */
export const askAPerson: readonly string[] = ['restore.files'];

/** Operations whose job goes on for a while where Azure is slow; that of any other may be at its end when it is first looked at. */
export function goesOn(operation: string): boolean {
  return /^(backup\.start|snapshot\.delete|restore\.(new-vm|disks|replace-disks)|failover\.(test|start|reprotect)|plan\.(test-)?failover)$/.test(
    operation,
  );
}

/** A run of the operation may never be in this gap. */
export function mayGoPast(operation: string, point: string): boolean {
  return /-progress-written$/.test(point) && !goesOn(operation);
}

/** People are of one world: whoever asks for an operation is met by the Azure of that operation, see `worldOf`. */
export function personOf(order: Order, at: number): Run['requester'] {
  const { tenantId, oid, name } = crew[at] ?? { tenantId: '', oid: '', name: '' };
  return { tenantId, oid: `${oid}@${order.operation}`, name };
}

/** The operation whose world a person is of. */
export function worldOf({ oid }: { readonly oid: string }): string {
  return oid.split('@')[1] ?? '';
}

/** The worlds have the same estate: the same VM in two of them is two VMs. */
export function inItsWorld(operation: ChangingOperation): ChangingOperation {
  const inWorld = (ids: readonly string[]) => ids.map((id) => `/${operation.id}${id}`);
  return {
    ...operation,
    targets: (parameters) => inWorld(operation.targets(parameters)),
    async preview(...given) {
      const { holds, ...preview } = await operation.preview(...given);
      return { ...preview, ...(holds === undefined ? {} : { holds: inWorld(holds) }) };
    },
  };
}

/** Asks for a run. */
export async function askFor({ service }: Runs, order: Order): Promise<Run> {
  const { operation, parameters } = order;
  const request = { operation, parameters, actor: personOf(order, 0), conversationId: `chat@${operation}` };
  return await service.propose({ ...request, reader: crewReader });
}

/** Has everybody decide who must before the run may start. */
export async function agreeTo({ service }: Runs, order: Order, asked: Run): Promise<void> {
  for (let run = asked; isPending(run.state); ) {
    const verb: Decision['verb'] = run.state === 'draft' ? 'confirm' : 'approve';
    const actor = personOf(order, run.state === 'draft' ? 0 : run.approvals.length + 1);
    const wish = { run: { id: run.id }, verb, actor, conversationId: run.conversationId, typedName: run.targetName };
    const result = await service.decide(wish);
    if (!result.accepted) throw new TypeError(`${order.operation} was not decided: ${result.code}`);
    run = result.run;
  }
}

/** Nothing more happens by itself. */
export function isOver(state: Run['state']): boolean {
  return isTerminal(state) || state === 'needs-attention';
}
