import { z } from 'zod';
import { CatalogueError } from '../errors.ts';
import { nameOf, sameId, subscriptionOf } from './arm-id.ts';
import type { Clients } from './clients.ts';
import type { EncryptionSet, Lock, PolicyDenial, Quota, SubnetRoom, VmSize } from './condition-types.ts';
import { defined, maybe, words } from './fields.ts';
import { quoted } from './filter-time.ts';
import { covers } from './permissions.ts';
import type { ConditionsGateway } from './ports.ts';
import { readRaw } from './raw-request.ts';
import { remembered } from './remembered.ts';
import { roleFor } from './roles.ts';

/** Versions as Azure's REST reference names them on 2026-11. */
const versions = {
  locks: '2016-09-01',
  permissions: '2022-04-01',
  policy: '2022-03-01',
  compute: '2023-09-01',
  skus: '2021-07-01',
  network: '2023-11-01',
  keyVault: '2023-07-01',
} as const;

/** What the gateway is built from. */
interface ConditionsOptions {
  readonly clients: Clients;
  readonly now: () => Date;
}

interface Asked {
  readonly path: string;
  readonly apiVersion: string;
  /** Makes it a POST that only asks. */
  readonly body?: unknown;
}

async function askPlainly<T>({ clients, now }: ConditionsOptions, schema: z.ZodType<T>, asked: Asked): Promise<T> {
  const client = await clients.backup(subscriptionOf(asked.path), 'patient');
  return await readRaw({ client, now, schema }, { method: asked.body === undefined ? 'GET' : 'POST', ...asked });
}

/** What was read, or undefined where Azure says that there is no such thing. */
async function orNone<T>(reading: Promise<T>): Promise<T | undefined> {
  return await reading.catch((error: unknown) => {
    if (error instanceof CatalogueError && error.code === 'azure-not-found') return undefined;
    throw error;
  });
}

/** What a place in Azure imposes on what is made there, read with the bot's own identity. */
export function openConditions(options: ConditionsOptions): ConditionsGateway {
  const sizes = remembered<readonly VmSize[]>(options.now);
  const held = remembered<z.infer<typeof permissions>>(options.now);
  return {
    async locks(scope) {
      const path = `${scope}/providers/Microsoft.Authorization/locks`;
      return (await askPlainly(options, locks, { path, apiVersion: versions.locks })).value;
    },
    async denials(groupId, { type, name, location }) {
      const path = `${groupId}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions`;
      const resourceContent = { type, name, location, properties: {} };
      const body = { resourceDetails: { resourceContent, apiVersion: versions.compute } };
      return await askPlainly(options, restrictions, { path, apiVersion: versions.policy, body });
    },
    async quotas(subscriptionId, location) {
      const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/${location}/usages`;
      return (await askPlainly(options, usages, { path, apiVersion: versions.compute })).value;
    },
    async size(subscriptionId, location, name) {
      const all = await sizes({ key: `${subscriptionId} ${location}`.toLowerCase(), fresh: false }, () =>
        sizesIn(options, subscriptionId, location),
      );
      return all.find((one) => sameId(one.name, name));
    },
    async subnets(networkId) {
      const request = { path: `${networkId}/usages`, apiVersion: versions.network };
      return (await orNone(askPlainly(options, subnetUsages, request)))?.value;
    },
    encryptionSet: async (id) =>
      await orNone(askPlainly(options, encryptionSet, { path: id, apiVersion: versions.compute })),
    async hasKeyVault(id) {
      return (await orNone(askPlainly(options, z.object({ id: z.string() }), keyVaultAt(id)))) !== undefined;
    },
    async botLacks({ action, scope }) {
      const path = `${scope}/providers/Microsoft.Authorization/permissions`;
      const { value } = await held({ key: scope.toLowerCase(), fresh: false }, () =>
        askPlainly(options, permissions, { path, apiVersion: versions.permissions }),
      );
      return value.some((block) => covers(block, action)) ? undefined : { role: roleFor(action) };
    },
  };
}

function keyVaultAt(id: string) {
  return { path: id, apiVersion: versions.keyVault };
}

function list<S extends z.ZodType>(row: S) {
  return z.object({ value: z.array(row) });
}

const lock = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({ level: z.enum(['CanNotDelete', 'ReadOnly', 'NotSpecified']).catch('CanNotDelete') }),
  })
  .transform(({ id, name, properties }): Lock => {
    const level = properties.level === 'ReadOnly' ? 'ReadOnly' : 'CanNotDelete';
    return { name, level, scope: id.replace(/\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i, '') };
  });
const locks = list(lock);

const actions = maybe(z.array(z.string())).transform((value) => value ?? []);
const permissions = list(z.object({ actions, notActions: actions }));

const evaluation = z.object({
  policyInfo: z.object({ policyAssignmentId: words, policyDefinitionId: words }),
  evaluationResult: words,
  effectDetails: maybe(z.object({ policyEffect: words })),
  evaluationDetails: maybe(z.object({ reason: words })),
});
const restrictions = z
  .object({
    contentEvaluationResult: maybe(z.object({ policyEvaluations: maybe(z.array(evaluation)) })),
  })
  .transform(({ contentEvaluationResult }): readonly PolicyDenial[] =>
    (contentEvaluationResult?.policyEvaluations ?? [])
      // Before 2023 the effect was not told: what does not comply was listed for its denial only.
      .filter(
        ({ evaluationResult, effectDetails }) =>
          /^noncompliant$/i.test(evaluationResult ?? '') && /^deny$/i.test(effectDetails?.policyEffect ?? 'deny'),
      )
      .map(({ policyInfo, evaluationDetails }) => ({
        assignment: nameOf(policyInfo.policyAssignmentId ?? policyInfo.policyDefinitionId ?? ''),
        reason: evaluationDetails?.reason ?? '',
      })),
  );

const usage = z
  .object({ currentValue: z.number(), limit: z.number(), name: z.object({ value: z.string() }) })
  .transform(({ currentValue, limit, name }): Quota => ({ name: name.value, used: currentValue, limit }));
const usages = list(usage);

/** A subnet's addresses: Azure keeps five of each for itself and counts them out of the limit. */
const subnetUsage = z
  .object({ id: z.string(), currentValue: z.number(), limit: z.number() })
  .transform(({ id, currentValue, limit }): SubnetRoom => ({ name: nameOf(id), used: currentValue, limit }));
const subnetUsages = list(subnetUsage);

const encryptionSet: z.ZodType<EncryptionSet> = z
  .object({
    id: z.string(),
    properties: z.object({
      activeKey: maybe(z.object({ sourceVault: maybe(z.object({ id: words })) })),
      autoKeyRotationError: maybe(z.object({ code: words, message: words })),
    }),
  })
  .transform(({ id, properties: { activeKey, autoKeyRotationError: error } }) =>
    defined({ id, keyVaultId: activeKey?.sourceVault?.id, fault: error?.message ?? error?.code }),
  );

const restriction = z.object({
  type: words,
  restrictionInfo: maybe(z.object({ zones: maybe(z.array(z.string())) })),
});
const sku = z
  .object({
    resourceType: words,
    name: z.string(),
    family: words,
    locationInfo: maybe(z.array(z.object({ zones: maybe(z.array(z.string())) }))),
    capabilities: maybe(z.array(z.object({ name: words, value: words }))),
    restrictions: maybe(z.array(restriction)),
  })
  .transform((one) => ({ ...one, isVm: /^virtualMachines$/i.test(one.resourceType ?? '') }));

async function sizesIn(
  options: ConditionsOptions,
  subscriptionId: string,
  location: string,
): Promise<readonly VmSize[]> {
  const filter = encodeURIComponent(`location eq ${quoted(location)}`);
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/skus?$filter=${filter}`;
  const { value } = await askPlainly(options, list(sku), { path, apiVersion: versions.skus });
  return value.filter(({ isVm }) => isVm).map(sizeOf);
}

function sizeOf(one: z.infer<typeof sku>): VmSize {
  const limits = one.restrictions ?? [];
  const closed = new Set(limits.flatMap(({ restrictionInfo }) => restrictionInfo?.zones ?? []));
  const zones = (one.locationInfo ?? []).flatMap((info) => info.zones ?? []);
  const cores = (one.capabilities ?? []).find(({ name }) => name === 'vCPUs')?.value;
  return {
    name: one.name,
    family: one.family ?? '',
    cores: Number(cores ?? 0),
    restricted: limits.some(({ type }) => type === 'Location'),
    zones: zones.filter((zone) => !closed.has(zone)),
  };
}
