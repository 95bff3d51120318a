import type { ParameterKind } from '../operations/parameters.ts';
import type { Entity } from './entities.ts';
import type { Item } from './reading.ts';

/** Whether a value can fill a parameter of that kind. */
export function fitsSlot(entity: Entity, slot: ParameterKind): boolean {
  if (unindexed.has(slot) && entity.kind === 'vm' && !entity.known) return true;
  return fillable[slot]?.includes(entity.kind) ?? false;
}

/** Kinds of things whose names are not in the index of names: a name that nothing else has may be one. */
export const unindexed: ReadonlySet<ParameterKind> = new Set([
  'policy',
  'snapshot',
  'backup-job',
  'network',
  'plan',
  'replication-job',
]);

const fillable: Readonly<Record<string, readonly Entity['kind'][]>> = {
  vm: ['vm', 'run'],
  vault: ['vault'],
  plan: ['plan'],
  run: ['run'],
  network: ['network'],
  expiry: ['length', 'moment'],
  instant: ['length', 'moment'],
  'replication-point': ['moment', 'length', 'point'],
  'recovery-point': ['moment', 'length', 'point'],
  'plan-point': ['point'],
  words: ['ticket'],
  policy: ['policy'],
  'backup-job': ['job'],
  'replication-job': ['job'],
  'snapshot-run': ['run'],
  'group-name': ['group'],
  'subscription-name': ['subscription'],
  'region-name': ['region'],
  tag: ['tag'],
};

/** A VM that exists by exactly this name. */
export function isKnownVm(item: Item): boolean {
  return item.kind === 'value' && item.entity.kind === 'vm' && item.entity.known;
}
