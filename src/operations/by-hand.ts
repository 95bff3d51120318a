/** What an approved run carries, frozen: enough to write down its commands without asking Azure, which may be away. */
export interface ApprovedPlan<P = Record<string, unknown>> {
  readonly parameters: P;
  /** ARM ids that the preview named, as Azure wrote them. */
  readonly resources: readonly string[];
  readonly code: string;
}

const backupApi = '2023-06-01';
const recoveryApi = '2025-01-01';
const computeApi = '2024-03-02';

/** One `az rest` call. It is sent once: `az` repeats nothing. */
export function azRest(method: 'post' | 'put' | 'delete', path: string, body?: unknown): string {
  const sent =
    body === undefined ? '' : ` --headers Content-Type=application/json --body ${quoted(JSON.stringify(body))}`;
  return `az rest --method ${method} --url ${quoted(`https://management.azure.com${path}?api-version=${apiOf(path)}`)}${sent}`;
}

function apiOf(path: string): string {
  if (/\/providers\/Microsoft\.Compute\//i.test(path) && !/\/vaults\//i.test(path)) return computeApi;
  return /\/(?:replicationFabrics|replicationJobs|replicationRecoveryPlans)\//i.test(path) ? recoveryApi : backupApi;
}

/** A shell word that nothing in it can leave: single quotes for bash, as in Azure Cloud Shell. Control characters are no part of any id. */
export function quoted(word: string): string {
  return `'${word.replaceAll(/\p{Cc}/gu, '').replaceAll("'", `'\\''`)}'`;
}

/** The one resource of a plan that is a protected item; undefined in plans of runs that named none. */
export function protectedItemIn({ resources }: Pick<ApprovedPlan, 'resources'>): string | undefined {
  return resources.find((id) => /\/protectedItems\/[^/]+$/i.test(id));
}

/** The one resource of a plan that is a replicated item. */
export function replicatedItemIn({ resources }: Pick<ApprovedPlan, 'resources'>): string | undefined {
  return resources.find((id) => /\/replicationProtectedItems\/[^/]+$/i.test(id));
}

/** A change of a protected item, as the portal sends it. */
export function changeOfItem(plan: ApprovedPlan<{ readonly vm: string }>, wanted: Readonly<Record<string, unknown>>) {
  const item = protectedItemIn(plan);
  const properties = {
    protectedItemType: 'Microsoft.Compute/virtualMachines',
    sourceResourceId: plan.parameters.vm,
    ...wanted,
  };
  return item === undefined ? [] : [azRest('put', item, { properties })];
}

/** An action of Site Recovery on the plan's replicated item. */
export function onReplica(plan: Pick<ApprovedPlan, 'resources'>, action: string, properties?: object) {
  const item = replicatedItemIn(plan);
  return item === undefined ? [] : [azRest('post', `${item}/${action}`, properties && { properties })];
}
