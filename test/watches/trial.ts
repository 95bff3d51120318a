import assert from 'node:assert/strict';
import type { BackupJob, JobSummary, ReplicatedItem } from '../../src/azure/types.ts';
import { CatalogueError } from '../../src/errors.ts';
import type { Actor, Context, Reader } from '../../src/operations/context.ts';
import { reading } from '../../src/operations/operation.ts';
import { fleetSummary } from '../../src/operations/status/fleet-summary.ts';
import { workPosts } from '../../src/posts/index.ts';
import type { Store } from '../../src/store/index.ts';
import { createWatches, type WatchService } from '../../src/watches/index.ts';
import { testClock } from '../support/clock.ts';
import { PostedMessages } from '../support/posted.ts';
import { type Place, silent } from '../support/store.ts';
import { aBackupJob, aJobSummary, anItem, aReplica, aVm, ids, stubContext } from '../support/stub-azure.ts';

/** Who watches, and who may not see the VM. */
export const ana: Actor = { tenantId: 'tenant', oid: 'oid-ana', name: 'Ana' };
export const tom: Actor = { tenantId: 'tenant', oid: 'oid-tom', name: 'Tom' };
/** In seconds. */
export const minute = 60;

/** An Azure of one VM that tests break, watched by as many replicas as a test opens. */
export class Trial {
  readonly time = testClock('2026-03-02T08:00:00.000Z');
  readonly chat = new PostedMessages();
  readonly jobs: JobSummary[] = [];
  readonly details: BackupJob[] = [];
  health = 'Normal';
  /** How often the vault itself was asked. */
  vaultReads = 0;
  looks = 0;
  summaries = 0;
  fault: CatalogueError | undefined;
  /** What people have asked to be spoken to in since. */
  language: string | undefined;
  readonly #place: Place;
  readonly #stores: Store[] = [];

  constructor(place: Place) {
    this.#place = place;
  }

  async open(): Promise<WatchService> {
    const store = await this.#place.open({ clock: this.time.clock });
    this.#stores.push(store);
    const watches = createWatches({
      store,
      contextFor: (actor, reader) => this.#contextFor(actor, reader),
      readerNow: (_, reader) => Promise.resolve({ ...reader, locale: this.language ?? reader.locale }),
      summary: reading({
        ...fleetSummary,
        parameters: fleetSummary.parameters,
        answer: () => this.#summary(),
      }),
      now: this.time.now,
      log: silent,
    });
    await workPosts({
      store,
      posts: this.chat,
      log: silent,
      forget: (id) => store.forgetConversation(id),
    });
    await watches.start();
    await this.settle();
    return watches.service;
  }

  get store(): Store {
    const [store] = this.#stores;
    assert.ok(store);
    return store;
  }

  async closeAll(): Promise<void> {
    for (const store of this.#stores.splice(0)) {
      await store.jobs.stopWorking();
      await store.close();
    }
  }

  #summary() {
    this.summaries += 1;
    return Promise.resolve({ title: { message: 'summary' }, tone: 'good' as const });
  }

  #contextFor(actor: Actor, reader: Reader): Context {
    const asOf = this.time.now().toISOString();
    const context = stubContext({
      inventory: {
        vms: () => {
          this.looks += 1;
          return this.fault === undefined ? Promise.resolve({ value: [aVm()], asOf }) : Promise.reject(this.fault);
        },
        protectedItems: () => Promise.resolve({ value: [anItem()], asOf }),
        replicatedItems: () => Promise.resolve({ value: [this.#replica()], asOf }),
        jobs: () => Promise.resolve({ value: [...this.jobs], asOf }),
      },
      backup: {
        job: (id) => {
          this.vaultReads += 1;
          const job = this.details.find((one) => one.id === id);
          return job === undefined ? Promise.reject(new CatalogueError('azure-not-found')) : Promise.resolve(job);
        },
      },
      access: { holds: ({ oid }) => Promise.resolve(oid !== tom.oid) },
    });
    return { ...context, actor, reader };
  }

  #replica(): ReplicatedItem {
    return aReplica({ replicationHealth: this.health });
  }

  /** A backup of the VM that has just failed. */
  fails(name: string, at = this.time.now()): void {
    const [startedAt, endedAt] = [new Date(at.getTime() - 60_000).toISOString(), at.toISOString()];
    const same = {
      id: `${ids.vault}/backupJobs/${name}`,
      name,
      target: 'sql-01',
      vaultId: ids.vault,
      operation: 'Backup',
      status: 'Failed',
      startedAt,
    } as const;
    this.jobs.push(aJobSummary({ ...same, service: 'backup' }));
    const fault = { status: 0, code: 'UserErrorGuestAgentStatusUnavailable', message: 'The agent does not answer.' };
    this.details.push(aBackupJob({ ...same, endedAt, fault }));
  }

  wish(conversationId: string, actor = ana) {
    return { conversationId, actor, reader: { locale: 'en', timeZone: 'Europe/Lisbon' } };
  }

  async pass(seconds: number): Promise<void> {
    await this.time.clock.setTime(this.time.clock.now() + seconds * 1000);
    await this.settle();
  }

  async settle(): Promise<void> {
    const idle = async () => {
      let taken = 0;
      for (const store of this.#stores) taken += await store.jobs.idle();
      return taken;
    };
    for (let quiet = 0, before = await idle(); quiet < 2; ) {
      await this.time.clock.tick(600);
      const taken = await idle();
      quiet = taken === before ? quiet + 1 : 0;
      before = taken;
    }
  }
}

/** The one VM there is, and the group that it is in. */
export const theVm = { kind: 'vm', name: ids.vm } as const;
export const theGroup = { kind: 'group', name: 'RG-SQL' } as const;
