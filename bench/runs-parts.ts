import type { Ports } from '../src/azure/ports.ts';
import type { JobRef } from '../src/azure/types.ts';
import { createRuns, type Runs } from '../src/runs/index.ts';
import type { Run, StoredRun } from '../src/runs/run.ts';
import type { Log, Store } from '../src/store/index.ts';
import { FakeAzure, vmId } from '../test/runs/fake-azure.ts';
import { testOperations } from '../test/runs/operations.ts';

const nothing = () => undefined;
export const quiet: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const ana = { tenantId: 'tenant', oid: 'oid-ana', name: 'Ana' };

interface BenchOptions {
  readonly store: Store;
  readonly now: () => Date;
  readonly pace: number;
  readonly onCard: (run: Run) => void;
  /** Reads jobs; one that says at once that all are done when not given. */
  readonly jobs?: Ports['jobs'];
}

/** The run engine over operations that cost nothing, so that the engine is what is timed. */
export function benchRuns({ store, now, pace, onCard, jobs }: BenchOptions) {
  const azure = new FakeAzure();
  azure.progress = { state: 'succeeded', nextLookSeconds: 0 };
  const ports: Ports = { ...azure.ports(), ...(jobs && { jobs }) };
  const runs: Runs = createRuns({
    store,
    operations: testOperations(azure),
    contextFor: (actor, reader) => ({
      azure: ports,
      runs: runs.reader,
      now,
      actor,
      reader,
      ownChat: () => Promise.resolve(true),
    }),
    cards: {
      post: (_conversation, run) => Promise.resolve(onCard(run)).then(() => `message-of-${run.id}`),
      update: (_conversation, _message, run) => Promise.resolve(onCard(run)),
    },
    now,
    log: quiet,
    pace,
    cardSeconds: pace * 5,
  });
  return {
    runs,
    propose: (vm: string) =>
      runs.service.propose({
        operation: 'test.reversible',
        parameters: { vm: vmId(vm) },
        actor: ana,
        reader: { locale: 'en', timeZone: 'UTC' },
        conversationId: `chat-${vm}`,
      }),
  };
}

/** How a copy of a run differs, and in how many seconds its next step is due. */
export interface Copy {
  readonly change: Partial<StoredRun> & { readonly id: string };
  readonly after: number;
}

/** Stores copies of a run, each with a card of its own and its next step, without the clicks that would bring them there. */
export async function copyRuns(store: Store, templateId: string, copies: readonly Copy[]): Promise<void> {
  const template = await store.runs.get(templateId);
  if (template === undefined) throw new TypeError('the template is gone');
  await store.transaction(async (unit) => {
    for (const { change } of copies) {
      await unit.runs.insert({ ...template, ...change });
      await unit.cards.add(change.id, `chat-${change.id}`);
    }
    const { revision } = template;
    const steps = copies.map(({ change, after }) => ({ data: { runId: change.id, revision }, after }));
    await unit.sendAll('step', steps);
  });
}

/** Azure's reference to a job of a run. */
export function jobIn(vaultId: string, jobId: string): JobRef {
  return { kind: 'backup', vaultId, operationId: jobId, jobId };
}
