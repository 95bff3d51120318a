import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { connectAzure, FixedTokenCredential } from '../src/azure/index.ts';
import type { JobRef } from '../src/azure/types.ts';
import { practice } from '../src/practice.ts';
import { openStore } from '../src/store/index.ts';
import type { TestSimulator } from '../test/support/simulator.ts';
import { quiet } from './runs-parts.ts';

/** A job of Azure Backup that takes its forty minutes in real time. */
export async function longJob(simulator: TestSimulator): Promise<JobRef> {
  const credential = new FixedTokenCredential({ oid: practice.botOid, tid: practice.tenantId });
  const now = () => new Date();
  const where = { subscriptionIds: [practice.subscriptionId], simulatorUrl: simulator.url };
  const ports = connectAzure({ credential, ...where, now, log: () => undefined });
  const item = (await ports.inventory.protectedItems()).value.find(({ vmId }) => vmId.endsWith('/sql-prod-01'));
  const expiresAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
  let ref = await ports.backup.start(item?.id ?? '', { expiresAt, clientRequestId: randomUUID() });
  while (ref.kind !== 'backup' || ref.jobId === undefined) {
    await wait(1000);
    ref = (await ports.jobs.progress(ref)).ref;
  }
  return ref;
}

/** Copies of the one run that was asked for, each going on with a card of its own; they follow one job, as a vault's jobs are read with one list anyway. */
export async function runsOn(databaseUrl: string, job: JobRef, count: number): Promise<void> {
  const store = await openStore({ databaseUrl, log: quiet });
  const [template] = await store.runs.recent(practice.tenantId, 1);
  if (template === undefined) throw new TypeError('no run was asked for');
  const startingAt = new Date().toISOString();
  for (let at = 0; at < count; at += 100)
    await store.transaction(async (unit) => {
      for (let nth = at; nth < at + 100; nth++) {
        const id = randomUUID();
        await unit.runs.insert({ ...template, id, state: 'running', job, startingAt });
        await unit.cards.add(id, template.conversationId);
        await unit.send('step', { runId: id, revision: template.revision }, nth % 30);
      }
    });
  await store.close();
}
