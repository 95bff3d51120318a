import assert from 'node:assert/strict';
import type { RestoreRequest } from '../../src/azure/types.ts';
import { restoreDisks } from '../../src/operations/restore/restore-disks.ts';
import { restoreNewVm } from '../../src/operations/restore/restore-new-vm.ts';
import { aNetwork, anAccount, aPoint, execution, ids, now, someSettings, stubContext } from '../support/stub-azure.ts';

const parameters = { vm: ids.vm, region: 'secondary', point: ids.point, staging: anAccount('stbackup').id };
type Backup = NonNullable<Parameters<typeof stubContext>[0]>['backup'];

function paired(change: Backup = {}) {
  return stubContext({
    backup: {
      pairedRegion: async () => 'northeurope',
      secondaryPoints: async () => [aPoint({ tiers: ['vault'] })],
      ...change,
    },
  });
}

describe('restores to the secondary region', () => {
  it('are refused with the reason where cross-region restore is off, before anything is asked', async () => {
    const vault = async () => someSettings({ crossRegionRestore: false });
    for (const operation of [restoreDisks, restoreNewVm]) {
      const choices = operation.choices?.(paired({ vault }), 'point', { vm: ids.vm, region: 'secondary' });
      await assert.rejects(Promise.resolve(choices), { code: 'no-secondary-region' });
    }
  });

  it('take only points that are there', async () => {
    await assert.rejects(restoreDisks.preview(paired({ secondaryPoints: async () => [] }), parameters), {
      code: 'point-not-there',
    });
  });

  it('say which region it is, and that Azure has no opinion in advance', async () => {
    const context = paired();
    const preview = await restoreDisks.preview(context, parameters);
    assert.match(JSON.stringify(preview.facts[0]), /fact.region.*northeurope/);
    const findings = await restoreDisks.checks(context, parameters, preview);
    assert.deepEqual(
      findings.map(({ id, severity }) => `${severity} ${id}`),
      ['warns not-validated-there'],
    );
  });

  it('go through the paired region alone, with its name in the request', async () => {
    const sent: RestoreRequest[] = [];
    const restoreSecondary = async (_: string, request: RestoreRequest) => {
      sent.push(request);
      return { kind: 'cross-region', vaultId: ids.vault, region: 'northeurope', operationId: 'o' } as const;
    };
    await restoreDisks.submit(paired({ restoreSecondary }), parameters, execution);
    assert.deepEqual([sent.length, sent[0]?.region, sent[0]?.target.kind], [1, 'northeurope', 'disks']);
  });

  it('propose networks and a storage account of that region', async () => {
    const places: string[] = [];
    const context = paired({
      storageAccounts: async (_, location) => {
        places.push(location);
        return [anAccount('stbackup')];
      },
    });
    const inventory = {
      ...context.azure.inventory,
      networks: async (location: string) => {
        places.push(location);
        return { value: [aNetwork('vnet-test')], asOf: now.toISOString() };
      },
    };
    const there = { ...context, azure: { ...context.azure, inventory } };
    const given = { vm: ids.vm, region: 'secondary' };
    await restoreNewVm.defaults?.(there, given);
    await restoreNewVm.choices?.(there, 'network', given);
    assert.deepEqual(places, ['northeurope', 'northeurope']);
  });

  it('need the rights to take a point there and to restore there', async () => {
    const actions = (await restoreDisks.rights(paired(), parameters)).map(({ action, scope }) => `${scope} ${action}`);
    assert.ok(actions.some((one) => /vaults\/rsv-prod .*accessToken\/action$/.test(one)));
    assert.ok(actions.some((one) => /^\/subscriptions\/[^/]+ .*backupCrossRegionRestore\/action$/.test(one)));
    const { region: _, ...here } = parameters;
    assert.equal((await restoreDisks.rights(stubContext(), here)).length, 2);
  });

  it('are found again in that region’s own jobs', async () => {
    const job = {
      kind: 'cross-region',
      vaultId: ids.vault,
      region: 'northeurope',
      operationId: '',
      jobId: 'j',
    } as const;
    for (const [jobs, found] of [
      [[], 'nothing'],
      [[job], job],
      [[job, job], 'unclear'],
    ] as const) {
      const context = paired({ secondaryRestoresSince: async () => jobs });
      assert.deepEqual(await restoreDisks.findSubmitted(context, parameters, execution), found);
    }
  });
});
