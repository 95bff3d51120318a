import type { Snapshot } from '../../azure/types.ts';
import type { Context } from '../context.ts';

/** When the disk that the snapshot was taken of is gone, nobody knows how fast it was. */
const plainSku = 'StandardSSD_LRS';

/** As fast as the disk that the snapshot was taken of, while that one is there to ask. */
export async function skuFor(context: Context, { sourceDiskId }: Snapshot): Promise<string> {
  const disk = await context.azure.compute.findDisk(sourceDiskId);
  return disk === undefined || disk.sku === '' ? plainSku : disk.sku;
}
