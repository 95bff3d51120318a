import { z } from 'zod';
import { resourceGroupOf, subscriptionOf } from './arm-id.ts';
import { defined, maybe, moment, tags, words } from './fields.ts';
import type { Disk, Snapshot, Vm } from './types.ts';

const managedDisk = maybe(z.object({ id: words }));

/** A virtual machine with its instance view, as the SDK gives it: properties lie at the top. Disks that are not managed have no id and are left out. */
export const virtualMachine: z.ZodType<Vm> = z
  .object({
    id: z.string(),
    name: z.string(),
    location: z.string(),
    tags,
    storageProfile: z.object({
      osDisk: z.object({ osType: words, managedDisk, diffDiskSettings: maybe(z.object({ option: words })) }),
      dataDisks: maybe(z.array(z.object({ managedDisk }))),
    }),
    hardwareProfile: maybe(z.object({ vmSize: words })),
    zones: maybe(z.array(z.string())),
    provisioningState: words,
    instanceView: maybe(
      z.object({
        statuses: maybe(z.array(z.object({ code: words }))),
        vmAgent: maybe(z.object({ statuses: maybe(z.array(z.object({ displayStatus: words }))) })),
      }),
    ),
  })
  .transform(({ storageProfile: { osDisk, dataDisks }, instanceView, hardwareProfile, ...machine }): Vm => {
    const codes = (instanceView?.statuses ?? []).map(({ code }) => code ?? '');
    const osType: Vm['osType'] = /^windows$/i.test(osDisk.osType ?? '') ? 'Windows' : 'Linux';
    return defined({
      ...machine,
      size: hardwareProfile?.vmSize,
      agentStatus: instanceView?.vmAgent?.statuses?.[0]?.displayStatus,
      ephemeral: osDisk.diffDiskSettings?.option === 'Local',
      resourceGroup: resourceGroupOf(machine.id),
      subscriptionId: subscriptionOf(machine.id),
      osType,
      powerState: codes.find((code) => code.startsWith('PowerState/')) ?? '',
      diskIds: [osDisk, ...(dataDisks ?? [])].flatMap((one) => one.managedDisk?.id ?? []),
    });
  });

/** A managed disk. */
export const managed: z.ZodType<Disk> = z
  .object({
    id: z.string(),
    name: z.string(),
    location: z.string(),
    diskSizeGB: maybe(z.number()),
    sku: maybe(z.object({ name: words })),
    encryption: maybe(z.object({ diskEncryptionSetId: words })),
  })
  .transform(({ diskSizeGB, sku, encryption, ...disk }) =>
    defined({
      ...disk,
      sizeGib: diskSizeGB ?? 0,
      sku: sku?.name ?? '',
      encryptionSetId: encryption?.diskEncryptionSetId,
    }),
  );

/** A snapshot; `createdAt` is what the given clock says while Azure does not say it yet. */
export function snapshot(now: () => Date): z.ZodType<Snapshot> {
  return z
    .object({
      id: z.string(),
      name: z.string(),
      location: z.string(),
      tags,
      creationData: z.object({ sourceResourceId: words }),
      timeCreated: moment,
      diskSizeGB: maybe(z.number()),
      incremental: maybe(z.boolean()),
      provisioningState: words,
    })
    .transform(({ creationData, timeCreated, diskSizeGB, incremental, provisioningState = '', ...rest }) => ({
      ...rest,
      resourceGroup: resourceGroupOf(rest.id),
      sourceDiskId: creationData.sourceResourceId ?? '',
      createdAt: timeCreated ?? now().toISOString(),
      sizeGib: diskSizeGB ?? 0,
      incremental: incremental ?? false,
      // One of ARM's own states that are no end, for every resource with asynchronous calls (Resource Provider Contract, "provisioningState").
      ...(/^deleting$/i.test(provisioningState) ? { deleting: true } : {}),
    }));
}
