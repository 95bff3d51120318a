import { meter } from '../../telemetry.ts';

/** Counts turns and times them. */
export interface Turns {
  count<T>(kind: string, turn: () => Promise<T>): Promise<T>;
}

/** What a turn cost is told whether it went well or not. */
export function countTurns(): Turns {
  const turns = meter().createHistogram('vaultkeeper.turns', {
    description: 'turns of conversations, by kind and outcome',
    unit: 's',
  });
  return {
    async count(kind, turn) {
      const started = performance.now();
      let outcome = 'failed';
      try {
        const result = await turn();
        outcome = 'done';
        return result;
      } finally {
        turns.record((performance.now() - started) / 1000, { kind, outcome });
      }
    },
  };
}
