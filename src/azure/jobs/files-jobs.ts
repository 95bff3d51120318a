import { z } from 'zod';
import { itemNames } from '../backup-requests.ts';
import type { Clients } from '../clients.ts';
import { read } from '../exchange.ts';
import { maybe } from '../fields.ts';
import { recoveryPointPath } from '../paths.ts';
import type { JobRef } from '../types.ts';
import { type JobView, unseen } from './job-view.ts';

const point = z.object({ properties: z.object({ isInstantIlrSessionActive: maybe(z.boolean()) }) });

/** A session whose operation is not known, as its recovery point tells it. */
export async function filesView(
  { clients, now }: { readonly clients: Clients; readonly now: () => Date },
  { pointId, wanted }: Extract<JobRef, { kind: 'files' }>,
): Promise<JobView> {
  const at = recoveryPointPath(pointId);
  const client = await clients.backup(at.subscriptionId, 'patient');
  const { properties } = await read(point, now, (options) =>
    client.recoveryPoints.get(...itemNames(at), at.point, options),
  );
  const isOpen = properties.isInstantIlrSessionActive === true;
  return { ...unseen, state: isOpen === (wanted === 'open') ? 'succeeded' : 'running' };
}
