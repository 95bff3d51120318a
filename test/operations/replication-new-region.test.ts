import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { nameOf } from '../../src/azure/arm-id.ts';
import type { JobRef } from '../../src/azure/types.ts';
import { replicationEnable } from '../../src/operations/recovery/replication-enable.ts';
import { openPracticeWorld, type PracticeWorld } from '../support/practice-world.ts';
import { aReplicationEnd } from './support/recovery.ts';

const requester = { oid: 'ana', name: 'Ana' };

describe('replication to a region to which no vault replicates yet', function () {
  this.timeout(60_000);
  let world: PracticeWorld;

  before(async () => {
    world = await openPracticeWorld();
  });
  after(async () => await world.simulator.close());
  beforeEach(async () => await world.simulator.control.reset());

  const execution = () => {
    const id = randomUUID();
    return { runId: id, code: 'NEWR', clientRequestId: id, startingAt: new Date().toISOString(), requester };
  };

  const choices = async (name: string, given: Record<string, unknown>) =>
    (await replicationEnable.choices?.(world.context, name, given)) ?? [];

  /** As the dialog completes it: the first choice of each. */
  async function asked(vmName: string, said: Record<string, unknown>) {
    const given: Record<string, unknown> = { vm: await world.vm(vmName), ...said };
    Object.assign(given, await replicationEnable.defaults?.(world.context, given));
    for (const name of ['mapping', 'group', 'network', 'cache']) given[name] ??= (await choices(name, given))[0]?.value;
    return replicationEnable.parameters.parse(given);
  }

  /** What was sent to Azure to change it. */
  const sent = async () =>
    (await world.simulator.control.log())
      .filter(({ method }) => method === 'PUT')
      .map(({ method, path }) => `${method} ${path.replace(/^.*\/vaults\/[^/]+\/|\?.*$/g, '')}`);

  async function findings(parameters: Record<string, unknown>) {
    const preview = await replicationEnable.preview(world.context, parameters);
    const found = await replicationEnable.checks(world.context, parameters, preview);
    return { preview, ids: found.map(({ id, severity }) => `${severity} ${id}`) };
  }

  it('offers every region in which somebody has something, and any that is said, the vault of that region first', async () => {
    const vm = await world.vm('dc-dr-01');
    const offered = await choices('mapping', { vm });
    assert.deepEqual(
      offered.map(({ title }) => title),
      ['westeurope'],
    );
    const said = await choices('mapping', { vm, region: 'uksouth' });
    assert.ok(said.length > 0 && said.every(({ title }) => title === 'uksouth'));
    assert.ok(
      said.every(({ value }) => /vaults\/[^/]+-weu\//.test(String(value))),
      'no vault of the VM’s own region',
    );
    await assert.rejects(choices('mapping', { vm, region: 'northeurope' }), { code: 'no-mapping' });
  });

  it('shows what is made besides, and takes the rights that this takes', async () => {
    const parameters = await asked('web-prod-02', { region: 'uksouth' });
    const { preview, ids } = await findings(parameters);
    const made = preview.facts.find(({ label }) => label.message === 'fact.also-created')?.value;
    assert.match(
      JSON.stringify(made),
      /creates-fabric.*uksouth.*creates-container.*uksouth.*creates-mapping.*creates-mapping/,
    );
    assert.deepEqual(ids, ['passed eligible', 'warns no-network']);
    const rights = await replicationEnable.rights(world.context, parameters);
    assert.deepEqual(
      rights.map(({ action }) => action.split('/').slice(-2).join('/')),
      [
        'replicationProtectedItems/write',
        'replicationFabrics/write',
        'replicationProtectionContainers/write',
        'replicationProtectionContainerMappings/write',
        'virtualMachines/write',
      ],
    );
  });

  it('makes it step by step, each once, though it is asked twice for each; then the VM is replicated, and so is the next', async () => {
    const parameters = await asked('web-prod-02', { region: 'uksouth' });
    const run = execution();
    await world.simulator.control.clearLog();
    let job: JobRef | undefined = await replicationEnable.submit(world.context, parameters, run);
    for (let steps = 0; job !== undefined; steps += 1) {
      assert.ok(steps < 20, 'it comes to no end');
      await world.follow(job);
      job = await replicationEnable.advance?.(world.context, parameters, run);
    }
    const fabric = 'replicationFabrics/asr-a2a-default';
    const container = (region: string) =>
      `${fabric}-${region}/replicationProtectionContainers/asr-a2a-default-${region}-container`;
    const mapping = (from: string, to: string) =>
      `PUT ${container(from)}/replicationProtectionContainerMappings/${from}-${to}-24-hour-retention-policy`;
    assert.deepEqual(await sent(), [
      `PUT ${fabric}-uksouth`,
      `PUT ${container('uksouth')}`,
      mapping('uksouth', 'westeurope'),
      mapping('westeurope', 'uksouth'),
      `PUT ${container('westeurope')}/replicationProtectedItems/${run.runId}`,
    ]);
    assert.equal((await world.replica('web-prod-02')).recoveryRegion, 'uksouth');
    const next = await findings(await asked('web-prod-03', { region: 'uksouth' }));
    assert.ok(!JSON.stringify(next.preview.facts).includes('also-created'));
  });

  it('makes a whole setup in a vault that has none, networks in both directions included', async () => {
    const { value: vaults } = await world.ports.inventory.vaults();
    const vault = vaults.find(({ name }) => name === 'rsv-prod-neu')?.id ?? assert.fail('no vault');
    const west = `${vault}/replicationFabrics/asr-a2a-default-westeurope`;
    const container = `${west}/replicationProtectionContainers/asr-a2a-default-westeurope-container`;
    const policy = '24-hour-retention-policy';
    const mapping = `${container}/replicationProtectionContainerMappings/westeurope-northeurope-${policy}`;
    const parameters = await asked('web-prod-02', { mapping });
    const run = execution();
    let job: JobRef | undefined = await replicationEnable.submit(world.context, parameters, run);
    for (; job !== undefined; job = await replicationEnable.advance?.(world.context, parameters, run))
      await world.follow(job);
    const { recovery } = world.ports;
    assert.deepEqual((await recovery.networkMappings(vault)).map((one) => nameOf(one.primaryNetworkId)).toSorted(), [
      'vnet-dr-test',
      'vnet-prod-weu',
    ]);
    assert.equal((await recovery.mappings(vault)).length, 2);
    assert.deepEqual(
      (await recovery.setup(vault)).policies.map(({ name }) => name),
      [policy],
    );
    assert.equal((await world.replica('web-prod-02')).vaultId.toLowerCase(), vault.toLowerCase());
  });

  it('says after a step that failed that what was made stays, and goes on from there when it is asked again', async () => {
    const parameters = await asked('web-prod-02', { region: 'uksouth' });
    const first = execution();
    await world.follow(await replicationEnable.submit(world.context, parameters, first));
    const failed = aReplicationEnd('failed');
    const { leftToDo } = await replicationEnable.result(world.context, parameters, first, failed);
    assert.deepEqual(
      leftToDo.map(({ message }) => message.slice('replication.enable.'.length)),
      ['left-failed', 'left-setup'],
    );
    await world.simulator.control.clearLog();
    await replicationEnable.submit(world.context, parameters, execution());
    assert.match((await sent()).join(), /uksouth-container$/, 'the region is there');
  });

  it('waits for a step that is under way instead of sending it again', async () => {
    const parameters = await asked('web-prod-02', { region: 'uksouth' });
    const run = execution();
    await world.pace(1);
    const first = await replicationEnable.submit(world.context, parameters, run);
    assert.deepEqual(await replicationEnable.advance?.(world.context, parameters, run), first);
    assert.equal((await sent()).length, 1);
    await world.pace(0);
  });

  it('says that Azure sets up no replication out of the vault’s own region', async () => {
    const { value: vaults } = await world.ports.inventory.vaults();
    const vault = vaults.find(({ name }) => name === 'rsv-prod-weu')?.id ?? '';
    const container = `${vault}/replicationFabrics/asr-a2a-default-westeurope/replicationProtectionContainers/c`;
    const mapping = `${container}/replicationProtectionContainerMappings/westeurope-uksouth-p`;
    const { ids } = await findings(await asked('web-prod-02', { mapping }));
    assert.ok(ids.includes('blocks vault-refused'), ids.join());
  });
});
