/**
 * What a snapshot costs at most. Azure charges the used size, which no API of Azure's tells; what is known is the size of the disk, the most it can be.
 * Incremental snapshots always lie on Standard HDD storage (azure-api.md 3.1).
 */
export const snapshotPrice = {
  /** US dollars for a used GiB and month, pay-as-you-go list price for Standard snapshots in the larger regions. */
  usdPerGibMonth: 0.05,
  source: 'azure.microsoft.com/pricing/details/managed-disks',
  /** When the list price was written down. */
  asOf: '2025-10-01T00:00:00.000Z',
} as const;

/** US dollars a month, at most; undefined for full snapshots, whose storage decides. */
export function mostPerMonth(snapshot: {
  readonly sizeGib: number;
  readonly incremental: boolean;
}): number | undefined {
  return snapshot.incremental ? snapshot.sizeGib * snapshotPrice.usdPerGibMonth : undefined;
}
