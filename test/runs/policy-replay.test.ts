import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { builtInPolicy, withBuiltIn } from '../../src/runs/policy.ts';
import { replay } from '../../src/runs/policy-replay.ts';
import { policySchema } from '../../src/runs/policy-schema.ts';
import { onHome } from '../support/store.ts';
import { Harness, people } from './harness.ts';

describe('a policy tried on the runs on record', () => {
  onHome('embedded', (place) => {
    it('names each run that it would have treated otherwise, and no other', async () => {
      const runs = await Harness.open(await place());
      const first = await runs.propose('reversible', people.ana, 'a');
      await runs.propose('disruptive', people.ana, 'b');
      await runs.propose('destructive', people.ana, 'sql-01');
      const since = new Date(runs.time.now().getTime() - 86_400_000);
      assert.deepEqual(await replay(runs.store.audit, builtInPolicy, since), []);
      const rules = [{ id: 'no-tests', when: { operations: ['test.reversible'] }, deny: 'no' }];
      const differences = await replay(runs.store.audit, withBuiltIn({ groups: {}, rules }), since);
      assert.deepEqual(
        differences.map(({ code, was, wouldBe }) => [code, was, wouldBe]),
        [[first.code, 'click, 0 approvals', 'refused by no-tests']],
      );
      assert.deepEqual(await replay(runs.store.audit, withBuiltIn({ groups: {}, rules }), new Date('2999-01-01')), []);
    });
  });

  onHome('embedded', (place) => {
    it('counts the runs within each hour as a limit would, and not those that came to nothing', async () => {
      const runs = await Harness.open(await place());
      const since = new Date(runs.time.now().getTime() - 86_400_000);
      const withdrawn = await runs.propose('disruptive', people.ana, 'a');
      await runs.decide(withdrawn, 'withdraw', people.ana);
      await runs.propose('disruptive', people.ana, 'b');
      const third = await runs.propose('disruptive', people.ana, 'c');
      await runs.pass(3601);
      await runs.propose('disruptive', people.ana, 'd');
      const limit = { runs: 1, per: 'hour', by: 'requester' } as const;
      const policy = withBuiltIn({ groups: {}, rules: [{ id: 'one', when: {}, limit }] });
      const differences = await replay(runs.store.audit, policy, since);
      assert.deepEqual(
        differences.map(({ code, wouldBe }) => [code, wouldBe]),
        [[third.code, 'refused by one']],
      );
    });
  });

  it('is written by a published JSON Schema that is the code’s own', () => {
    const published: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../src/runs/policy.schema.json'), 'utf8'),
    );
    assert.deepEqual(published, z.toJSONSchema(policySchema, { io: 'input' }));
  });
});
