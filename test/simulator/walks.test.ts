import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { minutes } from './clients.ts';
import { type Answer, given, openStage, type Stage } from './recordings.ts';
import * as s from './scenes.ts';

const runs = { numRuns: 40 };

describe('random walks through Site Recovery', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.simulator.close());

  interface Item {
    id: string;
    name: string;
    properties: {
      friendlyName: string;
      protectionState: string;
      activeLocation: string;
      testFailoverState: string;
      allowedOperations: string[];
      policyId: string;
      recoveryContainerId: string;
      providerSpecificDetails: {
        recoveryFabricObjectId: string | null;
        testFailoverRecoveryFabricObjectId: string | null;
        fabricObjectId: string;
      };
    };
  }

  const find = async (): Promise<Item | undefined> =>
    s
      .rowsOf<Item>(await stage.send('GET', `${s.dr}/replicationProtectedItems`))
      .find((one) => one.properties.friendlyName === 'web-prod-01');

  /** Each call: what Site Recovery calls it in allowedOperations, and how it is sent. */
  const calls: Record<string, { operation: string; send: (item: Item) => Promise<Answer> }> = {
    test: {
      operation: 'TestFailover',
      send: (item) =>
        stage.send('POST', `${item.id}/testFailover`, { properties: { networkType: 'NoNetworkAttachAsInput' } }),
    },
    cleanup: {
      operation: 'TestFailoverCleanup',
      send: (item) => stage.send('POST', `${item.id}/testFailoverCleanup`, { properties: {} }),
    },
    failover: {
      operation: 'UnplannedFailover',
      send: (item) =>
        stage.send('POST', `${item.id}/unplannedFailover`, {
          properties: { failoverDirection: 'PrimaryToRecovery', sourceSiteOperations: 'Required' },
        }),
    },
    commit: { operation: 'Commit', send: (item) => stage.send('POST', `${item.id}/failoverCommit`) },
    cancel: { operation: 'CancelFailover', send: (item) => stage.send('POST', `${item.id}/failoverCancel`) },
    planned: { operation: 'PlannedFailover', send: (item) => stage.send('POST', `${item.id}/plannedFailover`) },
    reprotect: { operation: 'SwitchProtection', send: reprotect },
  };

  async function reprotect(item: Item): Promise<Answer> {
    const { recoveryFabricObjectId: id } = item.properties.providerSpecificDetails;
    const vm =
      id === null
        ? undefined
        : ((await stage.send('GET', id)).body as {
            properties: {
              storageProfile: { osDisk: { managedDisk: { id: string } }; dataDisks: { managedDisk: { id: string } }[] };
            };
          });
    const profile = vm?.properties.storageProfile;
    const disks =
      profile === undefined ? ['none'] : [profile.osDisk, ...profile.dataDisks].map((disk) => disk.managedDisk.id);
    const container = item.id.split('/replicationProtectedItems/')[0];
    return stage.send('POST', `${container}/switchprotection`, {
      properties: {
        replicationProtectedItemName: item.name,
        providerSpecificDetails: {
          instanceType: 'A2A',
          recoveryContainerId: container,
          policyId: item.properties.policyId,
          recoveryResourceGroupId: s.rg('rg-web'),
          vmManagedDisks: disks.map((diskId) => ({
            diskId,
            primaryStagingAzureStorageAccountId: 'a',
            recoveryResourceGroupId: 'g',
          })),
        },
      },
    });
  }

  async function cancelJob(): Promise<void> {
    const jobs = s.rowsOf<{ name: string; properties: { allowedActions: string[] } }>(
      await stage.send('GET', `${s.dr}/replicationJobs`),
    );
    const running = jobs.find((job) => job.properties.allowedActions.includes('Cancel'));
    if (running !== undefined) await stage.send('POST', `${s.dr}/replicationJobs/${running.name}/cancel`);
  }

  async function checkItem(item: Item): Promise<void> {
    const {
      protectionState,
      activeLocation,
      allowedOperations: allowed,
      testFailoverState,
      providerSpecificDetails,
    } = item.properties;
    const over = /^UnplannedFailoverCommit|^SwitchProtection/.test(protectionState);
    assert.equal(activeLocation, over ? 'Recovery' : 'Primary', protectionState);
    if (allowed.includes('TestFailoverCleanup')) assert.equal(testFailoverState, 'WaitingForCompletion');
    if (allowed.includes('TestFailover')) assert.equal(testFailoverState, 'None');
    if (over)
      assert.equal(
        (await stage.send('GET', given(providerSpecificDetails.recoveryFabricObjectId ?? undefined))).status,
        200,
      );
    const test = providerSpecificDetails.testFailoverRecoveryFabricObjectId;
    if (test !== null) assert.equal((await stage.send('GET', test)).status, 200);
    assert.equal((await stage.send('GET', providerSpecificDetails.fabricObjectId)).status, 200);
  }

  it('do what is allowed, refuse all else with 409, and never reach an impossible state', async () => {
    const step = fc.oneof(fc.constantFrom(...Object.keys(calls)), fc.constantFrom('wait', 'long', 'cancelJob', 'wish'));
    const walk = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      await stage.simulator.control.reset();
      for (const name of steps) {
        if (name === 'wait') await stage.advance(20_000);
        else if (name === 'long') await stage.advance(minutes(45));
        else if (name === 'cancelJob') await cancelJob();
        else if (name === 'wish')
          await stage.simulator.control.failJob({ verb: 'UnplannedFailover', entity: 'web-prod-01', code: '28031' });
        else await call(name);
        const item = given(await find());
        await checkItem(item);
        if (name === 'long')
          assert.ok(item.properties.allowedOperations.length > 0, `stuck: ${item.properties.protectionState}`);
      }
    });
    await fc.assert(walk, runs);
  });

  async function call(name: string): Promise<void> {
    const item = given(await find());
    const { operation, send } = given(calls[name]);
    const allowed = item.properties.allowedOperations.includes(operation);
    const { status } = await send(item);
    assert.equal(status, allowed ? 202 : 409, `${name} while ${item.properties.protectionState}`);
  }
});

describe('random walks through Azure Backup', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.simulator.close());

  const path = s.itemOf(s.dev, 'rg-dev', 'dev-build-01');
  const put = (more: object) => () => stage.send('PUT', path, s.protection('rg-dev', 'dev-build-01', more));
  const calls: Record<string, () => Promise<Answer>> = {
    backup: () => stage.send('POST', `${path}/backup`, { properties: { objectType: 'IaasVMBackupRequest' } }),
    stop: put({ policyId: '', protectionState: 'ProtectionStopped' }),
    resume: put({ policyId: `${s.dev}/backupPolicies/DefaultPolicy` }),
    undelete: put({ isRehydrate: true }),
    delete: () => stage.send('DELETE', path),
  };

  interface Item {
    properties: {
      protectionState: string;
      policyId: string;
      isScheduledForDeferredDelete?: boolean;
      lastBackupStatus: string;
    };
  }
  interface Point {
    name: string;
    properties: { recoveryPointTime: string };
  }

  const read = async (): Promise<Item | undefined> => {
    const answer = await stage.send('GET', path);
    return answer.status === 404 ? undefined : (answer.body as Item);
  };

  async function check(): Promise<void> {
    const item = await read();
    if (item === undefined) return;
    const { protectionState: state, policyId, isScheduledForDeferredDelete: deleted } = item.properties;
    assert.ok(['IRPending', 'Protected', 'ProtectionStopped'].includes(state), state);
    assert.equal(policyId === '', state === 'ProtectionStopped');
    if (deleted === true) assert.equal(state, 'ProtectionStopped');
    const points = s.rowsOf<Point>(await stage.send('GET', `${path}/recoveryPoints`));
    assert.equal(new Set(points.map((point) => point.name)).size, points.length);
    const times = points.map((point) => point.properties.recoveryPointTime);
    assert.deepEqual(times, times.toSorted().reverse());
    if (state === 'Protected') assert.ok(points.length > 0);
  }

  /** Which calls are let through, by what the item is. */
  function expected(name: string, item: Item | undefined, busy: boolean): number[] {
    if (item === undefined) return name === 'delete' ? [204] : name === 'resume' ? (busy ? [409] : [202]) : [404];
    const deleted = item.properties.isScheduledForDeferredDelete === true;
    const stopped = item.properties.protectionState === 'ProtectionStopped';
    if (name === 'backup') return stopped ? [400] : [202];
    if (name === 'undelete') return deleted && !busy ? [202] : [409];
    if (deleted) return [400];
    return busy ? [409] : [202];
  }

  const isBusy = async (): Promise<boolean> => {
    const running = await stage.send('GET', `${s.dev}/backupJobs?$filter=status eq 'InProgress'`);
    return s
      .rowsOf<{ properties: { operation: string } }>(running)
      .some((job) => job.properties.operation !== 'Backup');
  };

  it('let through what fits the state of the item, refuse all else, and keep its points in order', async () => {
    const step = fc.oneof(fc.constantFrom(...Object.keys(calls)), fc.constantFrom('wait', 'long', 'weeks'));
    const walk = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      await stage.simulator.control.reset();
      for (const name of steps) {
        if (name === 'wait') await stage.advance(15_000);
        else if (name === 'long') await stage.advance(minutes(90));
        else if (name === 'weeks') await stage.advance(15 * 86_400_000);
        else {
          const wanted = expected(name, await read(), await isBusy());
          const { status } = await given(calls[name])();
          const limited = name === 'backup' && status === 400;
          assert.ok(wanted.includes(status) || limited, `${name}: ${status}, not ${wanted.join()}`);
        }
        await check();
      }
    });
    await fc.assert(walk, runs);
  });
});
