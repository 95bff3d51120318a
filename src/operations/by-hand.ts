/** What an approved run carries, frozen: enough to write down its commands without asking Azure, which may be away. */
export interface ApprovedPlan<P = Record<string, unknown>> {
  readonly parameters: P;
  /** ARM ids that the preview named, as Azure wrote them. */
  readonly resources: readonly string[];
  readonly code: string;
  /** Names what a run makes, as the run itself would. */
  readonly runId: string;
  /** The values of the sentence that was approved. */
  readonly said: Readonly<Record<string, unknown>>;
  /** What drift is measured on. */
  readonly measured: Readonly<Record<string, string>>;
}

/** What stands in a command as it is: bash fills it in. */
export interface Filled {
  readonly bash: string;
}

/** A word of a command; a `Filled` one is ours and never somebody's. */
type Word = string | Filled;

/** A command of `az` with its options in order; without a value: left out; `true`: a switch. */
export function az(
  command: string,
  options: Readonly<Record<string, Word | readonly Word[] | true | undefined>>,
): string {
  const given = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const words = value === true ? [] : isMany(value) ? value : [value];
    return [[`--${name}`, ...words.map(inBash)].join(' ')];
  });
  return ['az', command, ...given].join(' ');
}

function isMany(value: Word | readonly Word[]): value is readonly Word[] {
  return Array.isArray(value);
}

function inBash(word: Word): string {
  return typeof word === 'string' ? quoted(word) : word.bash;
}

/** What another command answers, to be put in where a command needs it: one value, or JSON. */
export function answerOf(command: string, options: Parameters<typeof az>[1], output: 'tsv' | 'json' = 'tsv'): Filled {
  return { bash: `"$(${az(command, { ...options, output })})"` };
}

/** A text within a JMESPath query. */
export function inQuery(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

const backupApi = '2023-06-01';
const recoveryApi = '2025-01-01';
const computeApi = '2024-03-02';

/** One `az rest` call. It is sent once: `az` repeats nothing. A `Filled` value of the body is JSON that bash fills in. */
export function azRest(method: 'post' | 'put' | 'delete', path: string, body?: unknown): string {
  const sent = body === undefined ? '' : ` --headers Content-Type=application/json --body ${bodyInBash(body)}`;
  return `az rest --method ${method} --url ${quoted(urlOf(path))}${sent}`;
}

/** One field of what Azure has at a path. */
export function azGet(path: string, query: string, output: 'tsv' | 'json' = 'json'): Filled {
  return answerOf('rest', { method: 'get', url: urlOf(path), query }, output);
}

function urlOf(path: string): string {
  return `https://management.azure.com${path}?api-version=${apiOf(path)}`;
}

/** The quoted texts between what bash fills in stand side by side: to bash they are one word. */
function bodyInBash(body: unknown): string {
  const filled: string[] = [];
  const json = JSON.stringify(body, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('bash' in value) || typeof value.bash !== 'string')
      return value;
    return `\u0001${filled.push(value.bash) - 1}\u0001`;
  });
  return json
    .split(/"\\u0001(\d+)\\u0001"/)
    .map((part, at) => (at % 2 === 0 ? quoted(part) : (filled[Number(part)] ?? '')))
    .join('');
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
