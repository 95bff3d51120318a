/** Fields whose words stand in many rows of a list. */
const repeated = [
  'vaultId',
  'policyId',
  'policyName',
  'resourceGroup',
  'subscriptionId',
  'location',
  'powerState',
  'protectionState',
  'healthStatus',
  'lastBackupStatus',
  'activeLocation',
  'operation',
  'status',
  'code',
  'reason',
] as const;

/** Lets rows share equal words and equal tags: a hundred thousand copies of a vault's id would be most of what a list keeps in memory. */
export function sharing(): (row: unknown) => void {
  const pool = new Map<string, unknown>();
  const pooled = (key: string, value: unknown): unknown => {
    const known = pool.get(key);
    if (known === undefined) pool.set(key, value);
    return known ?? value;
  };
  return (row) => {
    if (typeof row === 'object' && row !== null) share(row, pooled);
  };
}

function share(row: object, pooled: (key: string, value: unknown) => unknown): void {
  for (const name of repeated) {
    const value: unknown = Reflect.get(row, name);
    if (typeof value === 'string') Reflect.set(row, name, pooled(value, value));
  }
  if ('tags' in row) row.tags = pooled(`tags ${JSON.stringify(row.tags)}`, row.tags);
}
