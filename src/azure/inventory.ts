import { z } from 'zod';
import { keyOf, sameId } from './arm-id.ts';
import type { Clients } from './clients.ts';
import { unanswered, unreadable } from './faults.ts';
import { readPage } from './graph-page.ts';
import { lastKnown, type Memory } from './last-known.ts';
import { namesIn } from './names.ts';
import type { Inventory, Services, VaultsAndSnapshots } from './ports.ts';
import * as queries from './queries.ts';
import {
  jobRow,
  networkRow,
  protectedItemRow,
  recoveryPlanRow,
  replicatedItemRow,
  runbookRow,
  snapshotRow,
  subscriptionRow,
  vaultRow,
  vmRow,
} from './rows.ts';
import { sameRows } from './same-rows.ts';
import { sharing } from './sharing.ts';
import { Silence } from './silence.ts';
import { promiseRow, safeguardedVaultRow } from './summary-rows.ts';
import { heardWithin, type TurnTime } from './turn-time.ts';
import type { Aged, ArmId, Snapshot } from './types.ts';

/** What the gateways of reads are built from. */
export interface InventoryOptions {
  readonly clients: Clients;
  readonly subscriptionIds: readonly string[];
  readonly now: () => Date;
  readonly memory: Memory;
  readonly turnTime: TurnTime;
  /** Lets a number of seconds pass. */
  readonly pause: (seconds: number) => Promise<void>;
}

/** What no memory helps with waits no longer than this while Resource Graph is silent: a whole list takes longer than such a question. */
const silentMilliseconds = 4000;
const rowsPerPage = 1000;
/** Keeps a query text well under Resource Graph's limit. */
const disksPerQuery = 100;

/** Resource Graph behind the inventory's door. Lists of everything are remembered for a moment, and stand in when it does not answer. */
export function openInventory(options: InventoryOptions): Inventory {
  const { now, memory, turnTime } = options;
  const silence = new Silence(now);
  const ask = <T>(query: string, row: z.ZodType<T>) => allRows(options, query, { row, same: (one) => one });
  const askAgain = <T extends { readonly id: string }>(query: string, row: z.ZodType<T>) => {
    let before: readonly T[] = [];
    return async () => {
      const found = await allRows(options, query, { row, same: sameRows(before) });
      before = found.value;
      return found;
    };
  };
  const kept = <T>(list: () => Promise<Aged<T>>) => lastKnown(list, { ...memory, now, turnTime, silence });
  const inTime = async <T>(asking: Promise<T>): Promise<T> => {
    if (!silence.isOn()) return await asking;
    const answer = await heardWithin(silentMilliseconds, asking);
    if (answer === undefined) throw unanswered();
    return answer.heard;
  };
  const snapshot = snapshotRow(now);
  const lists: Omit<Inventory, 'names'> = {
    vms: kept(askAgain(queries.virtualMachines, vmRow)),
    vaults: kept(() => ask(queries.vaults, vaultRow)),
    protectedItems: kept(askAgain(queries.protectedItems, protectedItemRow)),
    replicatedItems: kept(() => ask(queries.replicatedItems, replicatedItemRow)),
    recoveryPlans: kept(() => ask(queries.recoveryPlans, recoveryPlanRow)),
    snapshots: kept(async () => {
      const found = await ask(queries.snapshotsOf(), snapshot);
      return { ...found, value: newestFirst(found.value) };
    }),
    async snapshotsOf(diskIds) {
      const parts = await inTime(
        Promise.all(chunks(diskIds, disksPerQuery).map((ids) => ask(queries.snapshotsOf(ids), snapshot))),
      );
      return { value: newestFirst(ofDisks(parts, diskIds)), asOf: oldest(parts, now) };
    },
    jobs: kept(async () => {
      const found = await ask(queries.jobs, jobRow);
      return { ...found, value: found.value.toSorted((a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? '')) };
    }),
    vaultsAndSnapshots: kept(async () => vaultsAndSnapshots(await ask(queries.vaultsAndSnapshots, anyRow), snapshot)),
    services: kept(async () => services(await ask(queries.services, anyRow))),
    runbooks: kept(() => ask(queries.runbooks, runbookRow)),
    subscriptions: kept(() => ask(queries.subscriptions, subscriptionRow)),
    async networks(location) {
      const found = await inTime(ask(queries.networks(location), networkRow));
      return { ...found, value: found.value.filter((network) => sameId(network.location, location)) };
    },
  };
  return { ...lists, names: () => namesIn(lists) };
}

/** A row of a list of several types, before it is known of which. */
const anyRow = z.looseObject({ id: z.string() });
type AnyRow = z.infer<typeof anyRow>;

function vaultsAndSnapshots(
  list: Aged<readonly AnyRow[]>,
  snapshot: ReturnType<typeof snapshotRow>,
): Aged<VaultsAndSnapshots> {
  const [vaults, snapshots] = parted(list.value, /\/vaults\/[^/]+$/i);
  const value = {
    vaults: parsed(z.array(safeguardedVaultRow), vaults),
    snapshots: newestFirst(parsed(z.array(snapshot), snapshots)),
  };
  return { ...list, value };
}

function services(list: Aged<readonly AnyRow[]>): Aged<Services> {
  const [policies, others] = parted(list.value, /\/backupPolicies\/[^/]+$/i);
  const [jobs, replicas] = parted(others, /\/(?:backup|replication)Jobs\/[^/]+$/i);
  const value = {
    replicas: parsed(z.array(replicatedItemRow), replicas),
    jobs: parsed(z.array(jobRow), jobs),
    policies: parsed(z.array(promiseRow), policies),
  };
  return { ...list, value };
}

function parted(rows: readonly AnyRow[], type: RegExp): readonly [readonly AnyRow[], readonly AnyRow[]] {
  return [rows.filter(({ id }) => type.test(id)), rows.filter(({ id }) => !type.test(id))];
}

function parsed<T>(rows: z.ZodType<T>, found: readonly AnyRow[]): T {
  const read = rows.safeParse(found);
  if (read.success) return read.data;
  throw unreadable(200, undefined, z.prettifyError(read.error).split('\n')[0] ?? '');
}

async function allRows<T>(
  { clients, subscriptionIds, now, pause }: InventoryOptions,
  query: string,
  { row, same }: { readonly row: z.ZodType<T>; readonly same: (row: T) => T },
): Promise<Aged<readonly T[]>> {
  const asOf = now().toISOString();
  const rows: T[] = [];
  const share = sharing();
  const keep = (one: T): T => {
    const kept = same(one);
    if (kept === one) share(one);
    return kept;
  };
  const seen = new Set<string>();
  for (let skipToken: string | undefined; ; ) {
    const token = skipToken === undefined ? {} : { $skipToken: skipToken };
    const options = { resultFormat: 'objectArray' as const, $top: rowsPerPage, ...token };
    const page = await readPage({ clients, now, row, keep }, { subscriptions: subscriptionIds, query, options });
    rows.push(...page.rows);
    skipToken = page.skipToken;
    if (skipToken === undefined) return { value: rows, asOf };
    if (seen.has(skipToken)) throw unreadable(200, undefined, 'the same page came twice');
    seen.add(skipToken);
    if (page.pauseSeconds > 0) await pause(page.pauseSeconds);
  }
}

function ofDisks(parts: readonly Aged<readonly Snapshot[]>[], diskIds: readonly ArmId[]): readonly Snapshot[] {
  const wanted = new Set(diskIds.map(keyOf));
  return parts.flatMap(({ value }) => value).filter(({ sourceDiskId }) => wanted.has(keyOf(sourceDiskId)));
}

function newestFirst(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  return snapshots.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
}

function oldest(parts: readonly Aged<unknown>[], now: () => Date): string {
  return parts.map(({ asOf }) => asOf).toSorted()[0] ?? now().toISOString();
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}
