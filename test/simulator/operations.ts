import assert from 'node:assert/strict';
import type { TestSimulator } from '../support/simulator.ts';
import { clientsOf } from './clients.ts';

/** The part of the SDK's options that shows raw answers. */
export interface Watching {
  onResponse: (raw: { headers: { get(name: string): string | undefined } }) => void;
}

/** Sends a request of backup's, and gives the id of the operation out of its Azure-AsyncOperation header. */
export async function operationFrom(send: (options: Watching) => Promise<unknown>): Promise<string> {
  let address = '';
  await send({
    onResponse: (raw) => {
      address ||= raw.headers.get('azure-asyncoperation') ?? '';
    },
  });
  const path = new URL(address).pathname;
  return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
}

/** Waits for an operation of a vault and for its job, and gives the job as it ended. */
export async function jobAfter(
  simulator: TestSimulator,
  at: { vault: string; group: string; operation: string; ms?: number },
) {
  const { backup } = clientsOf(simulator);
  await simulator.control.advance(at.ms ?? 3_600_000);
  const status = await backup.backupOperationStatuses.get(at.vault, at.group, at.operation);
  assert.equal(status.status, 'Succeeded');
  const { jobId } = status.properties as unknown as { jobId?: string };
  const job = await backup.jobDetails.get(at.vault, at.group, jobId ?? assert.fail('the operation names no job'));
  return { name: job.name, ...(job.properties as unknown as BackupJobView) };
}

/** What tests read of a backup job. */
export interface BackupJobView {
  operation?: string;
  status?: string;
  errorDetails?: { errorTitle?: string }[];
  extendedInfo?: {
    tasksList?: { taskId?: string; status?: string; taskExecutionDetails?: string }[];
    propertyBag?: Record<string, string>;
    progressPercentage?: number;
  };
}
