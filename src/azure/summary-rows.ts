import { z } from 'zod';
import { defined, maybe, words } from './fields.ts';
import type { PolicyPromise, Vault } from './types.ts';

/** A vault's row of `vaults-and-snapshots`. What Resource Graph leaves out is not known. */
export const safeguardedVaultRow: z.ZodType<Vault> = z
  .object({
    id: z.string(),
    name: z.string(),
    resourceGroup: z.string(),
    subscriptionId: z.string(),
    location: z.string(),
    softDelete: words,
    softDeleteDays: maybe(z.coerce.number()),
    immutability: words,
    redundancy: words,
  })
  .transform(({ softDelete, softDeleteDays, immutability, redundancy, ...vault }) => ({
    ...vault,
    safeguards: defined({
      softDelete: softDelete === undefined ? undefined : !/^disabled$/i.test(softDelete),
      softDeleteDays,
      immutable: immutability === undefined ? undefined : /^(?:un)?locked$/i.test(immutability),
      geoRedundant: redundancy === undefined ? undefined : /^geo/i.test(redundancy),
    }),
  }));

/** A policy's row of `services`. Policies for anything but VMs are among them; no VM names them. */
export const promiseRow: z.ZodType<PolicyPromise> = z
  .object({
    id: z.string(),
    frequency: words,
    interval: maybe(z.coerce.number()),
    windowHours: maybe(z.coerce.number()),
    runDays: maybe(z.array(z.string())),
  })
  .transform(({ id, ...schedule }) => defined({ id, everyHours: everyHours(schedule) }));

interface Schedule {
  readonly frequency: string | undefined;
  readonly interval: number | undefined;
  readonly windowHours: number | undefined;
  readonly runDays: readonly string[] | undefined;
}

const day = 24;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The longest gap of the schedule. Hourly ones run within a window of the day: the night counts. */
function everyHours({ frequency, interval, windowHours, runDays }: Schedule): number | undefined {
  const runs = frequency?.toLowerCase();
  if (runs === 'daily') return day;
  if (runs === 'weekly') return longestGap(runDays ?? []) * day;
  if (runs !== 'hourly' || interval === undefined || interval <= 0) return undefined;
  return Math.max(interval, day - Math.floor((windowHours ?? day) / interval) * interval);
}

/** In days; a week where no day is told. */
function longestGap(runDays: readonly string[]): number {
  const at = runDays.map((name) => weekdays.indexOf(name.toLowerCase())).filter((nth) => nth >= 0);
  const days = [...new Set(at)].sort((a, b) => a - b);
  const gaps = days.map((nth, place) => (days[place + 1] ?? (days[0] ?? 0) + 7) - nth);
  return gaps.length === 0 ? 7 : Math.max(...gaps);
}
