import { minutes } from './clients.ts';
import { type Answer, given, type Stage } from './recordings.ts';
import * as s from './scenes.ts';

async function osDisk(stage: Stage): Promise<string> {
  const { body } = await stage.send('GET', s.vm('rg-web', 'web-prod-02'));
  return (body as { properties: { storageProfile: { osDisk: { managedDisk: { id: string } } } } }).properties
    .storageProfile.osDisk.managedDisk.id;
}

async function dataDisk(stage: Stage): Promise<string> {
  const { body } = await stage.send('GET', s.vm('rg-web', 'web-prod-02'));
  const machine = body as { properties: { storageProfile: { dataDisks: { managedDisk: { id: string } }[] } } };
  return given(machine.properties.storageProfile.dataDisks[0]).managedDisk.id;
}

const copy = (sourceResourceId: string, more: object = {}) => ({
  location: 'westeurope',
  tags: {},
  sku: { name: 'Standard_LRS' },
  properties: { creationData: { createOption: 'Copy', sourceResourceId }, ...more },
});

async function snapshot(stage: Stage): Promise<Answer> {
  return stage.send('PUT', `${s.compute}/snapshots/snap`, copy(await dataDisk(stage), { incremental: true }));
}

async function diskCopy(stage: Stage): Promise<Answer> {
  const body = { ...copy(await osDisk(stage)), sku: { name: 'Premium_LRS' } };
  return stage.send('PUT', `${s.compute}/disks/copy`, body);
}

/** The recordings of compute. */
export const computeScenes: Readonly<Record<string, s.Scene>> = {
  disk_copy_put_202: diskCopy,
  disk_get: async (stage) => {
    await diskCopy(stage);
    await stage.advance(minutes(1));
    return stage.send('GET', `${s.compute}/disks/copy`);
  },
  diskoperation_succeeded: async (stage) => {
    const answer = await snapshot(stage);
    await stage.advance(minutes(1));
    return s.follow(stage, answer);
  },
  snapshot_409_OperationNotAllowed: async (stage) =>
    stage.send('PUT', `${s.compute}/snapshots/far`, {
      location: 'northeurope',
      properties: { creationData: { createOption: 'CopyStart', sourceResourceId: await osDisk(stage) } },
    }),
  snapshot_copystart_put_202: async (stage) => {
    await snapshot(stage);
    const creationData = { createOption: 'CopyStart', sourceResourceId: `${s.compute}/snapshots/snap` };
    return stage.send('PUT', `${s.compute}/snapshots/far`, {
      location: 'northeurope',
      properties: { creationData, incremental: true },
    });
  },
  snapshot_get: async (stage) => {
    await snapshot(stage);
    await stage.advance(minutes(1));
    return stage.send('GET', `${s.compute}/snapshots/snap`);
  },
  snapshot_get_404: (stage) => stage.send('GET', `${s.compute}/snapshots/none`),
  snapshot_put_202: snapshot,
  vm_get: (stage) => stage.send('GET', s.vm('rg-dev', 'dev-linux-01')),
  vm_operation_succeeded: async (stage) => {
    const answer = await stage.send('POST', `${s.vm('rg-web', 'web-prod-02')}/powerOff`);
    await stage.advance(minutes(5));
    return s.follow(stage, answer);
  },
  vm_osdiskswap_put_200: async (stage) => {
    const path = s.vm('rg-dev', 'dev-build-02');
    const { body } = await stage.send('GET', path);
    return stage.send('PUT', path, body);
  },
  vm_poweroff_202: (stage) => stage.send('POST', `${s.vm('rg-web', 'web-prod-02')}/powerOff?skipShutdown=false`),
};

const graph = '/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01';

/** The recordings of Resource Graph; rows themselves cannot be compared, since queries are ours. */
export const graphScenes: Readonly<Record<string, s.Scene>> = {
  query_200: async (stage) => {
    const answer = await stage.send('POST', graph, { query: '// q:vaults\nresources', options: { $top: 100 } });
    return { ...answer, body: { ...(answer.body as object), data: [] } };
  },
  query_error_400: (stage) => stage.send('POST', graph, { query: 'where where' }),
};

interface Item {
  id: string;
  properties: { friendlyName: string };
}

async function replicated(stage: Stage, name: string): Promise<string> {
  const rows = s.rowsOf<Item>(await stage.send('GET', `${s.dr}/replicationProtectedItems`));
  return given(rows.find((one) => one.properties.friendlyName === name)).id;
}

const unplanned = {
  properties: {
    failoverDirection: 'PrimaryToRecovery',
    providerSpecificDetails: { instanceType: 'A2A' },
    sourceSiteOperations: 'NotRequired',
  },
};

async function failOver(stage: Stage): Promise<Answer> {
  return stage.send('POST', `${await replicated(stage, 'web-prod-01')}/unplannedFailover`, unplanned);
}

async function commit(stage: Stage): Promise<Answer> {
  await failOver(stage);
  await stage.advance(minutes(10));
  return stage.send('POST', `${await replicated(stage, 'web-prod-01')}/failoverCommit`);
}

const west = `${s.dr}/replicationFabrics/asr-a2a-default-westeurope`;
const container = `${west}/replicationProtectionContainers/asr-a2a-default-westeurope-container`;

async function enable(stage: Stage): Promise<Answer> {
  const { body } = await stage.send('GET', s.vm('rg-dev', 'dev-linux-01'));
  const machine = body as { properties: { storageProfile: { osDisk: { managedDisk: { id: string } } } } };
  return stage.send('PUT', `${container}/replicationProtectedItems/new-item`, {
    properties: {
      policyId: `${s.dr}/replicationPolicies/24-hour-retention-policy`,
      providerSpecificDetails: {
        instanceType: 'A2A',
        fabricObjectId: s.vm('rg-dev', 'dev-linux-01'),
        recoveryContainerId: `${s.dr}/replicationFabrics/asr-a2a-default-northeurope/replicationProtectionContainers/asr-a2a-default-northeurope-container`,
        recoveryResourceGroupId: s.rg('rg-dr-neu'),
        vmManagedDisks: [
          {
            diskId: machine.properties.storageProfile.osDisk.managedDisk.id,
            primaryStagingAzureStorageAccountId: 'a',
            recoveryResourceGroupId: s.rg('rg-dr-neu'),
          },
        ],
      },
    },
  });
}

async function switchProtection(stage: Stage): Promise<Answer> {
  await commit(stage);
  await stage.advance(minutes(10));
  const { body } = await stage.send('GET', s.vm('rg-dr-neu', 'web-prod-01'));
  const machine = body as { properties: { storageProfile: { osDisk: { managedDisk: { id: string } } } } };
  const name = given((await replicated(stage, 'web-prod-01')).split('/').at(-1));
  return stage.send('POST', `${container}/switchprotection`, {
    properties: {
      replicationProtectedItemName: name,
      providerSpecificDetails: {
        instanceType: 'A2A',
        policyId: `${s.dr}/replicationPolicies/24-hour-retention-policy`,
        recoveryContainerId: container,
        recoveryResourceGroupId: s.rg('rg-web'),
        vmManagedDisks: [
          {
            diskId: machine.properties.storageProfile.osDisk.managedDisk.id,
            primaryStagingAzureStorageAccountId: 'a',
            recoveryResourceGroupId: s.rg('rg-web'),
          },
        ],
      },
    },
  });
}

const plan = `${s.dr}/replicationRecoveryPlans/simple`;

async function putPlan(stage: Stage): Promise<Answer> {
  const id = await replicated(stage, 'web-prod-01');
  const properties = {
    primaryFabricId: west,
    recoveryFabricId: `${s.dr}/replicationFabrics/asr-a2a-default-northeurope`,
    failoverDeploymentModel: 'ResourceManager',
    groups: [
      { groupType: 'Boot', replicationProtectedItems: [{ id, virtualMachineId: s.vm('rg-web', 'web-prod-01') }] },
    ],
  };
  return stage.send('PUT', plan, { properties });
}

/** The recordings of Site Recovery. */
export const recoveryScenes: Readonly<Record<string, s.Scene>> = {
  container_get: (stage) => stage.send('GET', container),
  eligibility_default: (stage) =>
    stage.send(
      'GET',
      `${s.vm('rg-infra', 'mon-01')}/providers/Microsoft.RecoveryServices/replicationEligibilityResults/default`,
    ),
  fabric_get: (stage) => stage.send('GET', west),
  fabric_put_202: (stage) =>
    stage.send('PUT', `${s.dr}/replicationFabrics/new`, {
      properties: { customDetails: { instanceType: 'Azure', location: 'eastus' } },
    }),
  failoverCommit_202: commit,
  networkMapping_get: (stage) =>
    stage.send('GET', `${west}/replicationNetworks/azureNetwork/replicationNetworkMappings/prod-weu-to-neu`),
  opstatus_succeeded: async (stage) => {
    const answer = await failOver(stage);
    await stage.advance(minutes(10));
    return s.follow(stage, answer);
  },
  plan_get: async (stage) => {
    await putPlan(stage);
    return stage.send('GET', plan);
  },
  plan_put_202: putPlan,
  policy_get: (stage) => stage.send('GET', `${s.dr}/replicationPolicies/24-hour-retention-policy`),
  rpi_delete_404: (stage) => stage.send('DELETE', `${container}/replicationProtectedItems/none`),
  rpi_enable_put_202: enable,
  rpi_get_IRinprogress: async (stage) => {
    await enable(stage);
    await stage.advance(minutes(8));
    return stage.send('GET', `${container}/replicationProtectedItems/new-item`);
  },
  rpi_get_protected: async (stage) => stage.send('GET', await replicated(stage, 'web-prod-01')),
  rpi_purge_202: async (stage) => stage.send('DELETE', await replicated(stage, 'web-prod-01')),
  switchprotection_202: switchProtection,
  unplannedFailover_202: failOver,
};
