import type { Ports } from '../../src/azure/ports.ts';
import type { JobProgress, JobRef } from '../../src/azure/types.ts';
import type { CatalogueError } from '../../src/errors.ts';
import type { Continued, Finding } from '../../src/operations/screen.ts';

/** What a test's Azure does and has seen. Everything may be changed while a run is under way. */
export class FakeAzure {
  /** Client request ids in the order in which they were taken. */
  readonly taken: string[] = [];
  /** Oids of people without the right. */
  readonly withoutRight = new Set<string>();
  /** Oids of people who have lost the right a moment ago: only a fresh look sees it. */
  readonly lostRight = new Set<string>();
  measured: Record<string, string> = { 'fact.state': 'Protected' };
  findings: Finding[] = [];
  tags: Record<string, string> = {};
  /** What runs hold beside their targets. */
  holds: readonly string[] = [];
  /** The request that the job does which runs act on. */
  continues: Continued | undefined;
  /** Thrown by the next calls of submit, one each; 'lost' throws after the effect. */
  readonly submitFaults: { readonly error: CatalogueError; readonly effect: 'none' | 'taken' }[] = [];
  /** What find-submitted answers; by default what was taken. */
  find: 'truth' | 'unclear' | CatalogueError = 'truth';
  /** Object ids of the people of each Entra group. */
  readonly members: Record<string, readonly string[]> = {};
  membersFault: CatalogueError | undefined;
  /** What does the same by hand. */
  commands: readonly string[] = [];
  previewFault: CatalogueError | undefined;
  progressFault: CatalogueError | undefined;
  resultFault: CatalogueError | undefined;
  progress: Partial<JobProgress> = {};
  progressReads = 0;

  submit(clientRequestId: string): JobRef {
    const fault = this.submitFaults.shift();
    if (fault?.effect !== 'none') this.taken.push(clientRequestId);
    if (fault !== undefined) throw fault.error;
    return jobOf(clientRequestId);
  }

  findSubmitted(clientRequestId: string): JobRef | 'nothing' | 'unclear' {
    if (this.find === 'unclear') return 'unclear';
    if (this.find !== 'truth') throw this.find;
    return this.taken.includes(clientRequestId) ? jobOf(clientRequestId) : 'nothing';
  }

  /** The doors that runs use by themselves; the others are never opened. */
  ports(): Ports {
    const asOf = '2026-03-02T08:00:00.000Z';
    const vm = { id: vmId('sql-01'), name: 'sql-01', tags: this.tags };
    const holds: Ports['access']['holds'] = ({ oid }, _right, { fresh = false } = {}) =>
      Promise.resolve(!this.withoutRight.has(oid) && !(fresh && this.lostRight.has(oid)));
    const isMember: Ports['access']['isMember'] = ({ oid }, { group }) => {
      if (this.membersFault !== undefined) return Promise.reject(this.membersFault);
      return Promise.resolve(this.members[group]?.includes(oid) ?? false);
    };
    const doors = {
      access: { holds, isMember, knowsGroup: () => Promise.resolve(true) },
      conditions: { botLacks: () => Promise.resolve(undefined) },
      jobs: { progress: (ref: JobRef) => this.#look(ref) },
      inventory: {
        vms: () => Promise.resolve({ value: [vm], asOf }),
        replicatedItems: () => Promise.resolve({ value: [], asOf }),
      },
    };
    return doors as unknown as Ports;
  }

  #look(ref: JobRef): Promise<JobProgress> {
    this.progressReads += 1;
    if (this.progressFault !== undefined) return Promise.reject(this.progressFault);
    const usual = { ref, state: 'running', tasks: [], recommendations: [], nextLookSeconds: 30 } as const;
    return Promise.resolve({ ...usual, ...this.progress });
  }
}

function jobOf(clientRequestId: string): JobRef {
  return { kind: 'backup', vaultId: '/vaults/rsv-prod', operationId: clientRequestId };
}

/** The ARM id of a VM of the tests. */
export function vmId(name: string): string {
  return `/subscriptions/0a1b/resourceGroups/rg-sql/providers/Microsoft.Compute/virtualMachines/${name}`;
}
