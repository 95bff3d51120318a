import { changingOperations } from '../../src/operations/index.ts';
import type { ChangingOperation } from '../../src/operations/operation.ts';
import { type ParameterInfo, parametersOf } from '../../src/operations/parameters.ts';
import { assertNothingBlocks, examine } from '../../src/runs/examine.ts';
import { actOnWaitingJobs } from './manual-actions.ts';
import { crew, type PracticeWorld } from './practice-world.ts';

type Given = Record<string, unknown>;

/** What brings the practice estate to where an operation makes sense. */
interface Start {
  /** The VM that it is asked for; the operation's own first choice, or sql-prod-01, when not given. */
  readonly vm?: string;
  /** Operations that have been carried out before, in this order. */
  readonly after?: readonly string[];
  /** The last of these is still going on, or waits for a person. */
  readonly going?: boolean;
  /** The last of these fails. */
  readonly fails?: boolean;
}

/** How an operation is started in the practice estate. One that is not here is asked for as it offers itself. */
const starts: Readonly<Record<string, Start>> = {
  'backup-job.cancel': { after: ['backup.start'], going: true },
  'protection.stop-delete': { vm: 'sql-test-01' },
  'protection.undelete': { vm: 'legacy-print-01' },
  'restore.files-close': { vm: 'sql-prod-01', after: ['restore.files'] },
  'vm.rebuild': { vm: 'web-prod-02', after: ['snapshot.create'] },
  'vm.rebuild-in-place': { vm: 'web-prod-02', after: ['snapshot.create'] },
  'failover.test-cleanup': { vm: 'erp-prod-01', after: ['failover.test'] },
  'failover.change-point': { vm: 'erp-prod-01', after: ['failover.start'] },
  'failover.commit': { vm: 'erp-prod-01', after: ['failover.start'] },
  'failover.reprotect': { vm: 'erp-prod-01', after: ['failover.start', 'failover.commit'] },
  'plan.test-cleanup': { after: ['plan.test-failover'] },
  'plan.commit': { after: ['plan.failover'] },
  'plan.reprotect': { after: ['plan.failover', 'plan.commit'] },
  'replication-job.cancel': { vm: 'erp-prod-01', after: ['plan.test-failover'], going: true },
  'replication-job.restart': { vm: 'erp-prod-01', after: ['failover.test'], fails: true },
  'replication.enable': { vm: 'web-prod-02' },
  'replication-job.resume': { after: ['plan.test-failover'], going: true },
};

/** The values that stand for what a person would say, by kind of parameter. */
const said: Partial<Record<ParameterInfo['kind'], unknown>> = { words: 'as agreed', source: 'shut-down' };

/**
 * Prepares the world for an operation and answers parameters with which it can be asked for, complete as the dialog would make them.
 * @throws Error for an operation that cannot be started so: it has to be told above how.
 */
export async function startOf(operation: ChangingOperation, world: PracticeWorld): Promise<Given> {
  const { vm, after = [], going = false, fails = false } = starts[operation.id] ?? {};
  const given = vm === undefined ? {} : { vm: await world.vm(vm) };
  try {
    for (const [at, id] of after.entries()) {
      if (fails && at === after.length - 1) await world.simulator.control.failJob({ code: '28031' });
      await carryOut(operationOf(id), { world, given, going: going && at === after.length - 1 });
    }
    const parameters = operation.parameters.parse(await parametersFor(operation, world, given));
    assertNothingBlocks((await examine(world.context, operation, parameters)).findings);
    return parameters;
  } catch (cause) {
    throw new Error(`say in test/support/starts.ts how ${operation.id} is started in the practice estate`, { cause });
  }
}

function operationOf(id: string): ChangingOperation {
  const found = changingOperations.get(id);
  if (found === undefined) throw new TypeError(`there is no operation ${id}`);
  return found;
}

interface Errand {
  readonly world: PracticeWorld;
  readonly given: Given;
  readonly going: boolean;
}

async function carryOut(operation: ChangingOperation, { world, given, going }: Errand): Promise<void> {
  const [requester = { oid: '', name: '' }] = crew;
  const parameters = await parametersFor(operation, world, given);
  if (going && operation.area === 'backup') await world.pace(1);
  const runId = 'd0000000-0000-4000-8000-000000000001';
  const execution = { runId, code: 'PREP', clientRequestId: runId, startingAt: new Date().toISOString(), requester };
  const job = await operation.submit(world.context, parameters, execution);
  if (going && operation.area === 'backup') return;
  await world.follow(job);
  if (!going) await actOnWaitingJobs(world);
}

/** What is given, then the first choice that the operation offers, then its defaults. */
export async function parametersFor(
  operation: ChangingOperation,
  world: Pick<PracticeWorld, 'context' | 'vm'>,
  from: Given,
): Promise<Given> {
  const { context } = world;
  const infos = parametersOf(operation);
  const given = Object.fromEntries(Object.entries(from).filter(([key]) => infos.some(({ name }) => name === key)));
  for (const { name, kind, required } of infos) {
    if (!required || name in given) continue;
    const choices = (await operation.choices?.(context, name, given)) ?? [];
    given[name] = choices[0]?.value ?? (kind === 'vm' ? await world.vm('sql-prod-01') : said[kind]);
  }
  return { ...given, ...(await operation.defaults?.(context, given)) };
}
