import { vaultIn } from '../backup/names.ts';
import { type ArmRequest, param, type World } from '../exchange.ts';
import { keyOf, segmentAfter } from '../identity.ts';
import type { Vault } from '../state.ts';
import { siteNotFound } from './refusals.ts';
import type { Fabric, RecoveryContainer, RecoveryJob, RecoveryPlan, ReplicatedItem } from './state.ts';

/** A vault and something of Site Recovery's in it. */
export interface In<T> {
  readonly vault: Vault;
  readonly one: T;
}

/** The replicated item that the path names; it must be in the container that the path names. */
export function itemInPath(request: ArmRequest, world: World): In<ReplicatedItem> {
  const vault = vaultIn(request, world);
  const name = param(request, 'item');
  const one = vault.recovery.items[keyOf(name)];
  const here =
    one !== undefined &&
    keyOf(one.fabric) === keyOf(param(request, 'fabric')) &&
    keyOf(one.container) === keyOf(param(request, 'container'));
  if (!here) throw siteNotFound(name);
  return { vault, one };
}

/** The recovery plan that the path names. */
export function planInPath(request: ArmRequest, world: World): In<RecoveryPlan> {
  const vault = vaultIn(request, world);
  const one = vault.recovery.plans[keyOf(param(request, 'plan'))];
  if (one === undefined) throw siteNotFound(param(request, 'plan'));
  return { vault, one };
}

/** The job that the path names. */
export function jobInPath(request: ArmRequest, world: World): In<RecoveryJob> {
  const vault = vaultIn(request, world);
  const one = vault.recovery.jobs[keyOf(param(request, 'job'))];
  if (one === undefined) throw siteNotFound(param(request, 'job'));
  return { vault, one };
}

/** The fabric that the path names. */
export function fabricInPath(request: ArmRequest, world: World): In<Fabric> {
  const vault = vaultIn(request, world);
  const one = vault.recovery.fabrics[keyOf(param(request, 'fabric'))];
  if (one === undefined) throw siteNotFound(param(request, 'fabric'));
  return { vault, one };
}

/** The container that the path names. */
export function containerInPath(request: ArmRequest, world: World): In<RecoveryContainer> {
  const { vault, one: fabric } = fabricInPath(request, world);
  const one = vault.recovery.containers[keyOf(param(request, 'container'))];
  if (one === undefined || keyOf(one.fabric) !== keyOf(fabric.name)) throw siteNotFound(param(request, 'container'));
  return { vault, one };
}

/** The fabric and container that a container's id names, which must exist. */
export function containerOfId(vault: Vault, id: string): RecoveryContainer {
  const name = segmentAfter(id, 'replicationProtectionContainers') ?? id;
  const found = vault.recovery.containers[keyOf(name)];
  if (found === undefined) throw siteNotFound(name);
  return found;
}
