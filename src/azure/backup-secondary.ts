import { z } from 'zod';
import { sameId, segmentOf, subscriptionOf, vaultOf } from './arm-id.ts';
import { recoveryPoint } from './backup-models.ts';
import { operationIn } from './backup-requests.ts';
import { maybe, moment, words } from './fields.ts';
import type { VaultGatewayOptions } from './gateway-options.ts';
import { protectedItemPath } from './paths.ts';
import type { BackupGateway } from './ports.ts';
import { type RawRequest, readRaw, sentRaw } from './raw-request.ts';
import { restoreBody } from './restore-body.ts';
import type { ArmId, RestoreRequest } from './types.ts';

type Secondary = Pick<
  BackupGateway,
  'pairedRegion' | 'secondaryPoints' | 'restoreSecondary' | 'secondaryRestoresSince'
>;

/** The version that no JS package has; it also decides that the copy in the other region is asked (azure-api.md 1.2). */
export const secondaryVersion = '2023-01-15';
const locationsVersion = '2022-12-01';

/** What a geo-redundant vault holds in the paired region, and restores from it: "cross-region restore". */
export function backupSecondary(options: VaultGatewayOptions): Secondary {
  return {
    pairedRegion: (subscriptionId, location) => pairedRegion(options, subscriptionId, location),
    async secondaryPoints(itemId) {
      const path = `${itemPath(itemId)}/recoveryPoints/`;
      const { value } = await read(options, itemId, { schema: pointList, path, apiVersion: secondaryVersion });
      const found = value.filter((point) => point !== undefined);
      // Only what has reached the vault is copied to the other region.
      const vaulted = found.map((point) => ({ ...point, tiers: point.tiers.filter((tier) => tier !== 'instant') }));
      return vaulted.toSorted((a, b) => b.time.localeCompare(a.time));
    },
    restoreSecondary: (itemId, request) => restoreSecondary(options, itemId, request),
    async secondaryRestoresSince(itemId, region, since) {
      const vaultId = vaultOf(itemId);
      const path = `${secondaryBase(vaultId, region)}/backupCrrJobs`;
      const body = { resourceId: vaultId };
      const { value } = await read(options, itemId, { schema: jobList, path, apiVersion: secondaryVersion, body });
      return value
        .filter(({ properties }) => isOf(itemId, properties.containerName) && began(properties.startTime, since))
        .map(({ name }) => ({ kind: 'cross-region', vaultId, region, operationId: '', jobId: name }) as const);
    },
  };
}

/** Where the other region's part of a vault is asked. */
export function secondaryBase(vaultId: ArmId, region: string): string {
  return `/subscriptions/${subscriptionOf(vaultId)}/providers/Microsoft.RecoveryServices/locations/${region}`;
}

const locationList = z.object({
  value: z.array(
    z.object({
      name: z.string(),
      metadata: maybe(z.object({ pairedRegion: maybe(z.array(z.object({ name: z.string() }))) })),
    }),
  ),
});
const pointList = z.object({ value: z.array(recoveryPoint) });
const jobList = z.object({
  value: z.array(z.object({ name: z.string(), properties: z.object({ containerName: words, startTime: moment }) })),
});
const unread = z.looseObject({});
const token = z.object({ properties: unread });

async function pairedRegion(options: VaultGatewayOptions, subscriptionId: string, location: string) {
  const path = `/subscriptions/${subscriptionId}/locations`;
  const wanted = { schema: locationList, path, apiVersion: locationsVersion };
  const { value } = await read(options, path, wanted);
  return value.find(({ name }) => sameId(name, location))?.metadata?.pairedRegion?.[0]?.name;
}

/** The token lives in this function only: whoever has it may restore from the other region. */
async function restoreSecondary(
  options: VaultGatewayOptions,
  itemId: ArmId,
  { clientRequestId, ...request }: RestoreRequest & { readonly clientRequestId: string },
) {
  const vaultId = vaultOf(itemId);
  const base = secondaryBase(vaultId, request.region);
  const common = { apiVersion: secondaryVersion, clientRequestId };
  const filter = encodeURIComponent("backupManagementType eq 'AzureIaasVM'");
  const aad = { schema: unread, path: `${base}/backupAadProperties?$filter=${filter}`, ...common };
  const path = `${itemPath(itemId)}/recoveryPoints/${encodeURIComponent(request.pointName)}/accessToken`;
  const body = await read(options, itemId, aad);
  const { properties } = await read(options, itemId, { schema: token, path, body, ...common });
  const client = await options.clients.backup(subscriptionOf(vaultId), 'once');
  const answer = await sentRaw(client, options.now, {
    ...common,
    method: 'POST',
    path: `${base}/backupCrossRegionRestore`,
    body: { crossRegionRestoreAccessDetails: properties, restoreRequest: restoreBody(request) },
  });
  return { kind: 'cross-region', vaultId, region: request.region, operationId: operationIn(answer) } as const;
}

/** A GET, or with a body a POST that only reads. */
async function read<T>(
  { clients, now }: VaultGatewayOptions,
  id: ArmId,
  { schema, ...wanted }: Omit<RawRequest, 'method'> & { readonly schema: z.ZodType<T> },
): Promise<T> {
  const client = await clients.backup(subscriptionOf(id), 'patient');
  return await readRaw({ client, now, schema }, { ...wanted, method: wanted.body === undefined ? 'GET' : 'POST' });
}

/** The names hold `;`, which goes encoded. */
function itemPath(itemId: ArmId): string {
  const at = protectedItemPath(itemId);
  const [container, item] = [at.container, at.item].map(encodeURIComponent);
  return `${vaultOf(itemId)}/backupFabrics/${at.fabric}/protectionContainers/${container}/protectedItems/${item}`;
}

/** A job names its item by the container without its kind. */
function isOf(itemId: ArmId, containerName: string | undefined): boolean {
  const container = segmentOf(itemId, 'protectionContainers').toLowerCase();
  return containerName !== undefined && `;${container}`.endsWith(`;${containerName.toLowerCase()}`);
}

function began(startTime: string | undefined, since: string): boolean {
  return startTime !== undefined && Date.parse(startTime) >= Date.parse(since);
}
