import type { Ports } from '../../src/azure/ports.ts';
import type { Context } from '../../src/operations/context.ts';
import { isChanging, type Operation } from '../../src/operations/operation.ts';
import { type ParameterInfo, parametersOf } from '../../src/operations/parameters.ts';
import { botObjectId } from '../support/simulator.ts';

/** One VM for each situation of the practice estate: protected, replicated, unprotected, stopped, soft-deleted. */
const situations = ['sql-prod-01', 'erp-prod-01', 'web-prod-03', 'legacy-fs-01', 'legacy-print-01', 'sql-test-01'];

const runs = { find: () => Promise.resolve(undefined), list: () => Promise.resolve([]) };

/** A context in which the bot itself asks; nothing was run before. */
export function contextOver(ports: Ports, now: () => Date): Context {
  const actor = { tenantId: 't', oid: botObjectId, name: 'The bot itself' };
  const reader = { locale: 'en', timeZone: 'UTC' };
  return {
    azure: ports,
    now,
    actor,
    reader,
    runs: runs as unknown as Context['runs'],
    ownChat: () => Promise.resolve(true),
  };
}

/** Goes through an operation as a run does, for one VM after the other, until Azure has taken the request. What Azure refuses is in the simulator's log. */
export async function request(ports: Ports, operation: Operation, now: () => Date): Promise<'taken' | 'not taken'> {
  const actor = { tenantId: 't', oid: botObjectId, name: 'The bot itself' };
  const reader = { locale: 'en', timeZone: 'UTC' };
  const known = { azure: ports, now, actor, reader, ownChat: async () => true };
  const context: Context = { ...known, runs: runs as unknown as Context['runs'] };
  const vms = (await ports.inventory.vms()).value;
  for (const name of situations) {
    const vm = vms.find((one) => one.name === name)?.id;
    try {
      await walk(context, operation, vm === undefined ? {} : { vm });
      return 'taken';
    } catch {
      // Another VM may do; a right that is missing is in the log.
    }
  }
  return 'not taken';
}

async function walk(context: Context, operation: Operation, start: Readonly<Record<string, unknown>>): Promise<void> {
  const given = operation.parameters.parse(await filled(context, operation, start));
  await operation.rights(context, given);
  if (!isChanging(operation)) {
    await operation.answer(context, given);
    return;
  }
  const execution = {
    runId: 'run',
    code: '4F7K',
    clientRequestId: '33333333-3333-4333-8333-333333333333',
    startingAt: context.now().toISOString(),
    requester: context.actor,
  };
  const preview = await operation.preview(context, given);
  await operation.checks(context, given, preview);
  const ref = await operation.submit(context, given, execution);
  await operation.findSubmitted(context, given, execution);
  await operation.result(context, given, execution, await context.azure.jobs.progress(ref));
}

async function filled(context: Context, operation: Operation, start: Readonly<Record<string, unknown>>) {
  const wanted = parametersOf(operation);
  const given: Record<string, unknown> = {};
  for (const info of wanted) {
    if (info.kind === 'vm' && info.name in start) given[info.name] = start[info.name];
    else if (info.required) given[info.name] = await valueFor(context, operation, info, given);
  }
  return { ...(await operation.defaults?.(context, given)), ...given };
}

async function valueFor(context: Context, operation: Operation, info: ParameterInfo, given: Record<string, unknown>) {
  const offered = await operation.choices?.(context, info.name, given);
  if (offered?.[0] !== undefined) return offered[0].value;
  const later = new Date(context.now().getTime() + 30 * 86_400_000).toISOString();
  return info.kind === 'expiry' || info.kind === 'instant' ? later : 'words';
}
