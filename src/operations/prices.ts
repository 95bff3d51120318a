import type { Disk, Snapshot } from '../azure/types.ts';
import type { Context } from './context.ts';

/** What storage costs, in US dollars a GiB and month. Azure's list prices differ by region and contract: a company writes its own into `PRICES_FILE`. */
export interface Prices {
  /** When the prices were written down, ISO 8601. */
  readonly asOf: string;
  /** Where they are from. */
  readonly source: string;
  /** Of the used size of a snapshot; incremental ones always lie on Standard HDD (azure-api.md 3.1). */
  readonly snapshot: number;
  /** Of the size of a disk, by Azure's name of its SKU. */
  readonly disk: Readonly<Record<string, number>>;
}

/** List prices of the larger regions for the smaller sizes, which cost the most for a GiB. */
export const usualPrices: Prices = {
  asOf: '2025-10-01T00:00:00.000Z',
  source: 'azure.microsoft.com/pricing/details/managed-disks',
  snapshot: 0.05,
  disk: {
    Standard_LRS: 0.048,
    StandardSSD_LRS: 0.075,
    StandardSSD_ZRS: 0.1125,
    Premium_LRS: 0.165,
    Premium_ZRS: 0.2475,
  },
};

/** The prices that hold here. */
export function pricesOf(context: Context): Prices {
  return context.prices ?? usualPrices;
}

/**
 * US dollars a month, at most: Azure charges the used size, which no API of Azure's tells; what is known is the size of the disk, the most it can be.
 * Undefined for full snapshots, whose storage decides.
 */
export function snapshotCost(
  context: Context,
  snapshot: Pick<Snapshot, 'sizeGib' | 'incremental'>,
): number | undefined {
  return snapshot.incremental ? snapshot.sizeGib * pricesOf(context).snapshot : undefined;
}

/** US dollars a month for all of them together; undefined as soon as the price of one is not known. */
export function disksCost(context: Context, disks: readonly Pick<Disk, 'sizeGib' | 'sku'>[]): number | undefined {
  const prices = pricesOf(context).disk;
  const each = disks.map(({ sizeGib, sku }) => (prices[sku] === undefined ? Number.NaN : prices[sku] * sizeGib));
  const sum = each.reduce((total, one) => total + one, 0);
  return Number.isNaN(sum) ? undefined : sum;
}
