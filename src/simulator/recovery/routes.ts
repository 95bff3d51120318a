import type { Route } from '../router.ts';

/** Azure Site Recovery. */
export function recoveryRoutes(): Route[] {
  return [];
}
