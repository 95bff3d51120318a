import type { Handler } from '../exchange.ts';
import { paths, recoveryContainerPath, replicatedItemPath } from '../paths.ts';
import type { Method, Route } from '../router.ts';
import { changePoint, cleanUpTest, commit, failOver, testFailover } from './failover.ts';
import * as health from './health.ts';
import { resolveHealth } from './health-actions.ts';
import { actOnJob, getRecoveryJob, listRecoveryJobs, readRecoveryResult, readRecoveryStatus } from './job-actions.ts';
import { putNetworkMapping } from './network-mappings.ts';
import { cleanUpPlan, commitPlan, failOverPlan, getPlan, listPlans, reprotectPlan, testPlan } from './plans.ts';
import { disableReplication, enableReplication, switchProtection } from './protection.ts';
import * as reads from './reads.ts';
import * as setup from './setup.ts';

const vaults = 'Microsoft.RecoveryServices/vaults';
const fabricPath = `${paths.vault}/replicationFabrics/{fabric}`;
const jobPath = `${paths.vault}/replicationJobs/{job}`;
const planPath = `${paths.vault}/replicationRecoveryPlans/{plan}`;
const containers = `${vaults}/replicationFabrics/replicationProtectionContainers`;
const items = `${containers}/replicationProtectedItems`;
const plans = `${vaults}/replicationRecoveryPlans`;

/** Azure Site Recovery, Azure to Azure. */
export function recoveryRoutes(): Route[] {
  return [...readRoutes(), ...itemRoutes(), ...planRoutes(), ...jobRoutes(), ...setupRoutes()];
}

function route(method: Method, path: string, [action, handle]: [string, Handler]): Route {
  return { method, path, action, handle };
}

function read(path: string, action: string, handle: Handler): Route {
  return route('GET', path, [`${action}/read`, handle]);
}

/** Lists of a whole vault are actions of their own, which no Site Recovery role grants (azure-api 4.3). */
function readRoutes(): Route[] {
  const fabrics = `${vaults}/replicationFabrics`;
  const networks = `${fabrics}/replicationNetworks`;
  const mappings = 'replicationProtectionContainerMappings';
  return [
    read(`${paths.vault}/replicationFabrics`, fabrics, reads.listFabrics),
    read(fabricPath, fabrics, reads.getFabric),
    read(
      `${paths.vault}/replicationProtectionContainers`,
      `${vaults}/replicationProtectionContainers`,
      reads.listRecoveryContainers,
    ),
    read(`${fabricPath}/replicationProtectionContainers`, containers, reads.listRecoveryContainers),
    read(recoveryContainerPath, containers, reads.getRecoveryContainer),
    read(`${paths.vault}/${mappings}`, `${vaults}/${mappings}`, reads.listMappings),
    read(`${recoveryContainerPath}/${mappings}`, `${containers}/${mappings}`, reads.listMappings),
    read(`${paths.vault}/replicationPolicies`, `${vaults}/replicationPolicies`, reads.listReplicationPolicies),
    read(`${paths.vault}/replicationPolicies/{policy}`, `${vaults}/replicationPolicies`, reads.getReplicationPolicy),
    read(`${paths.vault}/replicationNetworks`, `${vaults}/replicationNetworks`, reads.listReplicationNetworks),
    read(`${fabricPath}/replicationNetworks`, networks, reads.listReplicationNetworks),
    read(
      `${paths.vault}/replicationNetworkMappings`,
      `${vaults}/replicationNetworkMappings`,
      reads.listNetworkMappings,
    ),
    read(
      `${fabricPath}/replicationNetworks/{network}/replicationNetworkMappings`,
      `${networks}/replicationNetworkMappings`,
      reads.listNetworkMappings,
    ),
    read(
      `${fabricPath}/replicationNetworks/{network}/replicationNetworkMappings/{mapping}`,
      `${networks}/replicationNetworkMappings`,
      reads.getNetworkMapping,
    ),
    read(`${paths.vault}/replicationAlertSettings`, `${vaults}/replicationAlertSettings`, health.listAlertSettings),
    read(`${paths.vault}/replicationVaultHealth`, `${vaults}/replicationVaultHealth`, health.vaultHealth),
    read(`${paths.vault}/replicationEvents`, `${vaults}/replicationEvents`, health.listEvents),
  ];
}

function itemRoutes(): Route[] {
  const post = (verb: string, handle: Handler): Route =>
    route('POST', `${replicatedItemPath}/${verb}`, [`${items}/${verb}/action`, handle]);
  return [
    read(`${paths.vault}/replicationProtectedItems`, `${vaults}/replicationProtectedItems`, reads.listReplicated),
    read(`${recoveryContainerPath}/replicationProtectedItems`, items, reads.listReplicated),
    read(replicatedItemPath, items, reads.getReplicated),
    read(`${replicatedItemPath}/recoveryPoints`, `${items}/recoveryPoints`, reads.listReplicationPoints),
    read(`${replicatedItemPath}/recoveryPoints/{point}`, `${items}/recoveryPoints`, reads.getReplicationPoint),
    route('PUT', replicatedItemPath, [`${items}/write`, enableReplication]),
    route('DELETE', replicatedItemPath, [`${items}/delete`, disableReplication]),
    post('remove', disableReplication),
    post('testFailover', testFailover),
    post('testFailoverCleanup', cleanUpTest),
    post('unplannedFailover', failOver),
    post('applyRecoveryPoint', changePoint),
    post('failoverCommit', commit),
    post('failoverCancel', setup.neverAllowed('CancelFailover')),
    post('plannedFailover', setup.neverAllowed('PlannedFailover')),
    post('resolveHealthErrors', resolveHealth),
    route('POST', `${recoveryContainerPath}/switchprotection`, [
      `${containers}/switchprotection/action`,
      switchProtection,
    ]),
  ];
}

function planRoutes(): Route[] {
  const post = (verb: string, handle: Handler): Route =>
    route('POST', `${planPath}/${verb}`, [`${plans}/${verb}/action`, handle]);
  return [
    read(`${paths.vault}/replicationRecoveryPlans`, plans, listPlans),
    read(planPath, plans, getPlan),
    post('testFailover', testPlan),
    post('testFailoverCleanup', cleanUpPlan),
    post('unplannedFailover', failOverPlan),
    post('failoverCommit', commitPlan),
    post('reProtect', reprotectPlan),
    post('failoverCancel', setup.neverAllowed('CancelFailover')),
    post('plannedFailover', setup.neverAllowed('PlannedFailover')),
    route('PUT', planPath, [`${plans}/write`, setup.putPlan]),
    route('PATCH', planPath, [`${plans}/write`, setup.putPlan]),
    route('DELETE', planPath, [`${plans}/delete`, setup.deletePlan]),
  ];
}

function jobRoutes(): Route[] {
  const post = (verb: string, handle: Handler): Route =>
    route('POST', `${jobPath}/${verb}`, [`${vaults}/replicationJobs/${verb}/action`, handle]);
  const results = (path: string, action: string): Route =>
    read(`${path}/operationresults/{operation}`, `${action}/operationresults`, readRecoveryResult);
  return [
    read(`${paths.vault}/replicationJobs`, `${vaults}/replicationJobs`, listRecoveryJobs),
    read(jobPath, `${vaults}/replicationJobs`, getRecoveryJob),
    post('cancel', actOnJob('Cancel')),
    post('resume', actOnJob('Resume')),
    post('restart', actOnJob('Restart')),
    read(
      `${paths.vault}/replicationOperationStatus/{operation}`,
      `${vaults}/replicationOperationStatus`,
      readRecoveryStatus,
    ),
    results(fabricPath, `${vaults}/replicationFabrics`),
    results(recoveryContainerPath, containers),
    results(replicatedItemPath, items),
    results(planPath, plans),
    results(jobPath, `${vaults}/replicationJobs`),
  ];
}

function setupRoutes(): Route[] {
  const fabrics = `${vaults}/replicationFabrics`;
  const mapping = `${recoveryContainerPath}/replicationProtectionContainerMappings/{mapping}`;
  const eligible = `${paths.compute}/virtualMachines/{vm}/providers/Microsoft.RecoveryServices/replicationEligibilityResults`;
  const policy = `${paths.vault}/replicationPolicies/{policy}`;
  const healthPath = `${paths.vault}/replicationVaultHealth/default`;
  return [
    route('PUT', fabricPath, [`${fabrics}/write`, setup.putFabric]),
    route('PUT', recoveryContainerPath, [`${containers}/write`, setup.putContainer]),
    route('PUT', mapping, [`${containers}/replicationProtectionContainerMappings/write`, setup.putMapping]),
    route('PUT', policy, [`${vaults}/replicationPolicies/write`, setup.putReplicationPolicy]),
    route('PUT', `${fabricPath}/replicationNetworks/{network}/replicationNetworkMappings/{mapping}`, [
      `${fabrics}/replicationNetworks/replicationNetworkMappings/write`,
      putNetworkMapping,
    ]),
    read(eligible, 'Microsoft.RecoveryServices/replicationEligibilityResults', setup.eligibility),
    read(`${eligible}/default`, 'Microsoft.RecoveryServices/replicationEligibilityResults', setup.eligibility),
    route('POST', `${healthPath}/refresh`, [`${vaults}/replicationVaultHealth/refresh/action`, setup.refreshHealth]),
    read(
      `${healthPath}/operationresults/{operation}`,
      `${vaults}/replicationVaultHealth/operationresults`,
      readRecoveryResult,
    ),
    read(
      `${policy}/operationresults/{operation}`,
      `${vaults}/replicationPolicies/operationresults`,
      readRecoveryResult,
    ),
  ];
}
