import assert from 'node:assert/strict';
import { practiceNames } from '../../src/language/practice-names.ts';
import { estateOf } from '../../src/simulator/estates/index.ts';
import { createState } from '../../src/simulator/state.ts';

const settings = { strictAuthorization: false, throttling: false, pace: 1, graphLag: 0 };
const empty = createState({ real: 0, clock: 'real', settings, tenant: '72f988bf-0000-4000-8000-000000000000' });
const state = estateOf({ estate: 'practice', vaults: 0, vms: 0, jobs: 0 }, empty);

/** "rg-sql/sql-prod-01", from an ARM id. */
function place(id: string): string {
  const parts = id.split('/');
  return `${parts[4]}/${parts.at(-1)}`;
}

describe('the names with which the recognize command understands sentences', () => {
  const names = practiceNames();

  it('are those of practice mode', () => {
    const vms = Object.values(state.vms).map(({ id }) => ['vm', place(id)] as const);
    const vaults = Object.values(state.vaults).map(({ id }) => ['vault', place(id)] as const);
    const plans = Object.values(state.vaults).flatMap((vault) =>
      Object.values(vault.recovery.plans).map(({ name }) => ['plan', `${vault.id.split('/')[4]}/${name}`] as const),
    );
    const all = [...vms, ...vaults, ...plans];
    for (const [kind, at] of all) {
      const [resourceGroup, name = ''] = at.split('/');
      assert.equal(names.find(kind, name, { resourceGroup }).match, 'exact', `${kind} ${at}`);
    }
    assert.equal(names.size, all.length);
  });
});
