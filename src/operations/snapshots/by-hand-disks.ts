import { nameOf, resourceGroupOf, resourceGroupScopeOf, subscriptionOf } from '../../azure/arm-id.ts';
import { type ApprovedPlan, answerOf, az, type Filled, inQuery } from '../by-hand.ts';

interface Snapshots {
  readonly vm: string;
  readonly keepUntil?: string | undefined;
}

/** One snapshot per disk, named and tagged as the run would: whichever comes second changes nothing. */
export function snapshotsByHand(plan: ApprovedPlan<Snapshots>): readonly string[] {
  const { vm, keepUntil } = plan.parameters;
  return plan.resources.map((disk) =>
    az('snapshot create', {
      ...inGroup(vm),
      name: `${nameOf(disk).slice(0, 60)}-${plan.runId.slice(0, 8)}`,
      source: disk,
      location: answerOf('disk show', { ids: disk, query: 'location' }),
      incremental: 'true',
      tags: [`vaultkeeper-run=${plan.runId}`, ...(keepUntil === undefined ? [] : [`vaultkeeper-expires=${keepUntil}`])],
    }),
  );
}

interface NewDisk {
  readonly snapshot: string;
  readonly name?: string | undefined;
  readonly group?: string | undefined;
  readonly size?: number | undefined;
  readonly sku?: string | undefined;
  readonly zone?: string | undefined;
}

/** A disk from a snapshot, as it was approved. */
export function diskByHand({ parameters, measured }: ApprovedPlan<NewDisk>): readonly string[] {
  const { snapshot, name, group, size, zone, sku = measured['fact.disk-type'] } = parameters;
  if (name === undefined) return [];
  const command = az('disk create', {
    ...inGroup(group ?? snapshot),
    name,
    source: snapshot,
    location: locationOf(snapshot),
    'size-gb': size === undefined ? undefined : String(size),
    sku,
    zone,
  });
  return [command];
}

interface Rebuilt {
  readonly vm: string;
  readonly snapshots: readonly string[];
}

/** A new VM from the disks that are made of the snapshots. */
export function rebuildByHand(
  plan: ApprovedPlan<Rebuilt & { readonly network: string; readonly name?: string | undefined }>,
) {
  const { vm, network, name } = plan.parameters;
  const [osDisk, ...dataDisks] = madeOf(plan);
  const size = plan.measured['fact.machine-size'];
  if (osDisk === undefined || name === undefined || size === undefined) return [];
  const command = az('vm create', {
    ...inGroup(vm),
    name,
    location: answerOf('vm show', { ids: vm, query: 'location' }),
    size,
    'attach-os-disk': osDisk.id,
    'attach-data-disks': dataDisks.length === 0 ? undefined : dataDisks.map(({ id }) => id),
    'os-type': answerOf('vm show', { ids: vm, query: 'storageProfile.osDisk.osType' }),
    subnet: network,
    'public-ip-address': '',
    nsg: '',
  });
  return [...disksOf(plan, [osDisk, ...dataDisks]), `${command} ${ofZone}`];
}

/** The disks are exchanged on the stopped VM; the plan's resources are the VM and its old disks, in the order of the snapshots. */
export function exchangeByHand(plan: ApprovedPlan<Rebuilt>): readonly string[] {
  const { vm } = plan.parameters;
  const made = madeOf(plan);
  const [osDisk, ...dataDisks] = made;
  const [, , ...old] = plan.resources;
  if (osDisk === undefined || old.length !== dataDisks.length) return [];
  return [
    ...disksOf(plan, made),
    az('vm deallocate', { ids: vm }),
    az('vm update', { ids: vm, 'os-disk': osDisk.id }),
    ...dataDisks.flatMap(({ id }, at) => exchanged(vm, nameOf(old[at] ?? ''), id)),
    az('vm start', { ids: vm }),
  ];
}

function exchanged(vm: string, old: string, made: string): readonly string[] {
  const at = { ...inGroup(vm), 'vm-name': nameOf(vm) };
  const query = `storageProfile.dataDisks[?name==${inQuery(old)}].lun | [0]`;
  return [
    `lun=${answerOf('vm show', { ids: vm, query }).bash}`,
    az('vm disk detach', { ...at, name: old }),
    az('vm disk attach', { ...at, name: made, lun: { bash: '"$lun"' } }),
  ];
}

interface Made {
  readonly snapshot: string;
  readonly id: string;
}

/** In the order of the VM's disks, its own first, as it was approved. */
function madeOf({ parameters: { vm, snapshots }, measured, code }: ApprovedPlan<Rebuilt>): readonly Made[] {
  const order = ` ${measured['fact.snapshots'] ?? ''} `;
  const placeOf = (id: string): number => order.indexOf(` ${id.toLowerCase()} `);
  const sorted = snapshots.filter((id) => placeOf(id) !== -1).sort((a, b) => placeOf(a) - placeOf(b));
  return sorted.map((snapshot) => {
    const name = `${nameOf(snapshot).slice(0, 70)}-${code}`;
    return { snapshot, id: `${resourceGroupScopeOf(vm)}/providers/Microsoft.Compute/disks/${name}` };
  });
}

/** Of a VM in an availability zone: its disks lie in the same one. Bash leaves the option out where there is none. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: bash reads it
const ofZone = '${zone:+--zone "$zone"}';

function disksOf({ parameters: { vm } }: ApprovedPlan<Rebuilt>, made: readonly Made[]): readonly string[] {
  const zone = `zone=${answerOf('vm show', { ids: vm, query: 'zones[0]' }).bash}`;
  const created = made.map(({ snapshot, id }) => {
    const old = answerOf('snapshot show', { ids: snapshot, query: 'creationData.sourceResourceId' });
    const command = az('disk create', {
      ...inGroup(vm),
      name: nameOf(id),
      source: snapshot,
      location: locationOf(snapshot),
      sku: answerOf('disk show', { ids: old, query: 'sku.name' }),
    });
    return `${command} ${ofZone}`;
  });
  return [zone, ...created];
}

function locationOf(snapshot: string): Filled {
  return answerOf('snapshot show', { ids: snapshot, query: 'location' });
}

function inGroup(id: string) {
  return { subscription: subscriptionOf(id), 'resource-group': resourceGroupOf(id) };
}
