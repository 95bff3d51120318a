import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runStates } from '../../src/operations/run-summary.ts';
import { isOpen } from '../../src/operations/status/run-tone.ts';
import { isTerminal, moved, transitions } from '../../src/runs/transitions.ts';
import { aRun } from './a-run.ts';

const at = new Date('2026-03-02T09:00:00.000Z');
const state = fc.constantFrom(...runStates);

describe('the table of transitions', () => {
  it('is the only way: any walk of random moves stays on it, and ends for good in a terminal state', () => {
    fc.assert(
      fc.property(fc.array(state, { maxLength: 40 }), (wishes) => {
        let run = aRun({ state: 'draft' });
        for (const to of wishes) {
          const legal = transitions[run.state].includes(to) || (to === run.state && !isTerminal(run.state));
          if (!legal) {
            assert.throws(() => moved(run, { to, at }), /does not go from/);
            continue;
          }
          const next = moved(run, { to, at });
          assert.equal(next.state, to);
          assert.equal(next.revision, run.revision + 1);
          assert.equal(next.endedAt !== undefined, isTerminal(to));
          run = next;
        }
      }),
    );
  });

  it('ends where the lists of runs say that one is no longer open', () => {
    for (const one of runStates) assert.equal(isOpen(one), !isTerminal(one), one);
  });

  it('leads from every state to a terminal one', () => {
    const reaches = (from: (typeof runStates)[number], seen = new Set<string>()): boolean =>
      isTerminal(from) || (!seen.has(from) && transitions[from].some((to) => reaches(to, new Set([...seen, from]))));
    for (const from of runStates) assert.ok(reaches(from), from);
  });

  it('lets nothing but time and people stand between an approval and a start', () => {
    assert.deepEqual(transitions.approved, ['starting', 'superseded', 'expired', 'failed', 'needs-attention']);
    assert.ok(!transitions.starting.includes('cancelled'), 'a starting run may have a job that nobody has noted yet');
  });

  it('never touches what was frozen at the proposal', () => {
    const run = aRun({ state: 'approved' });
    const next = moved(run, { to: 'starting', at, patch: { startingAt: at.toISOString() } });
    for (const key of ['parameters', 'planHash', 'preview', 'targets', 'requester', 'version'] as const) {
      assert.deepEqual(next[key], run[key]);
    }
  });
});
