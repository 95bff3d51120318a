import type { Log, Store } from '../store/index.ts';
import { meter } from '../telemetry.ts';
import type { RunService } from './run.ts';
import { openStates } from './transitions.ts';

/** Counts what was proposed and decided, and why it was refused. */
export function measured(service: RunService): RunService {
  const decisions = meter().createCounter('vaultkeeper.decisions', {
    description: 'decisions about runs, by verb and outcome',
  });
  return {
    ...service,
    async decide(decision) {
      const result = await service.decide(decision);
      decisions.add(1, { verb: decision.verb, outcome: result.accepted ? 'accepted' : result.code });
      return result;
    },
  };
}

/** Gauges of the store, read when somebody collects them. A store that does not answer leaves a gap. */
export function measureStore(store: Pick<Store, 'measures'>, log: Pick<Log, 'debug'>): void {
  const runs = meter().createObservableGauge('vaultkeeper.runs', { description: 'runs that have not ended, by state' });
  const age = meter().createObservableGauge('vaultkeeper.outbox.age', {
    description: 'how long the oldest due card update has been waiting',
    unit: 's',
  });
  meter().addBatchObservableCallback(
    async (observed) => {
      try {
        for (const [state, count] of await store.measures.runsIn(openStates)) observed.observe(runs, count, { state });
        observed.observe(age, await store.measures.outboxAgeSeconds());
      } catch (error) {
        log.debug({ error }, 'the store could not be measured');
      }
    },
    [runs, age],
  );
}
