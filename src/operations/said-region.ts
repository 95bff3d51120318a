import { finding } from './checks/check.ts';
import { sameRegion } from './recovery/plan-now.ts';
import type { Finding } from './screen.ts';

/**
 * Somebody has said a region that it does not go to ("fail over erp-01 to North Europe"): where a VM replicates to is set up beforehand, and nothing is
 * done elsewhere than was said.
 * @param said as in `regionName`; undefined: nobody has said any.
 * @param region as Azure shows it.
 */
export function saidRegion(
  said: string | undefined,
  { name, region }: { readonly name: string; readonly region: string },
): readonly Finding[] {
  return said === undefined || sameRegion(said, region) ? [] : [finding('other-region', { name, said, region })];
}
