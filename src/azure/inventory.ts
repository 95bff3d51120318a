import { z } from 'zod';
import { keyOf, sameId } from './arm-id.ts';
import type { Clients } from './clients.ts';
import { read } from './exchange.ts';
import { unreadable } from './faults.ts';
import { words } from './fields.ts';
import type { Inventory } from './ports.ts';
import * as queries from './queries.ts';
import { networkRow, protectedItemRow, replicatedItemRow, snapshotRow, vaultRow, vmRow } from './rows.ts';
import type { Aged, ArmId, Snapshot } from './types.ts';

/** What the gateways of reads are built from. */
export interface InventoryOptions {
  readonly clients: Clients;
  readonly subscriptionIds: readonly string[];
  readonly now: () => Date;
}

const rowsPerPage = 1000;
/** Keeps a query text well under Resource Graph's limit. */
const disksPerQuery = 100;

const page = z.object({
  data: z.array(z.unknown()),
  skipToken: words,
  /** A text in Azure's answers. */
  resultTruncated: words,
});

/** Resource Graph behind the inventory's door. Equal queries that are under way together are sent once: the quota is 15 in five seconds. */
export function openInventory(options: InventoryOptions): Inventory {
  const ask = shared(options);
  return {
    vms: () => ask(queries.virtualMachines, vmRow),
    vaults: () => ask(queries.vaults, vaultRow),
    protectedItems: () => ask(queries.protectedItems, protectedItemRow),
    replicatedItems: () => ask(queries.replicatedItems, replicatedItemRow),
    async snapshotsOf(diskIds) {
      const parts = await Promise.all(
        chunks(diskIds, disksPerQuery).map((ids) => ask(queries.snapshotsOf(ids), snapshotRow(options.now))),
      );
      return { value: newestFirst(ofDisks(parts, diskIds)), asOf: oldest(parts, options.now) };
    },
    async networks(location) {
      const found = await ask(queries.networks(location), networkRow);
      return { ...found, value: found.value.filter((network) => sameId(network.location, location)) };
    },
  };
}

type Ask = <T>(query: string, row: z.ZodType<T>) => Promise<Aged<readonly T[]>>;

function shared(options: InventoryOptions): Ask {
  const underWay = new Map<string, Promise<Aged<readonly unknown[]>>>();
  return async (query, row) => {
    const found = underWay.get(query) ?? allRows(options, query).finally(() => underWay.delete(query));
    underWay.set(query, found);
    const { value, asOf } = await found;
    return { value: value.map((one) => checkedRow(row, one)), asOf };
  };
}

async function allRows({ clients, subscriptionIds, now }: InventoryOptions, query: string) {
  const asOf = now().toISOString();
  const client = await clients.graph();
  const rows: unknown[] = [];
  const tokens = new Set<string>();
  for (let skipToken: string | undefined; ; ) {
    const options = {
      resultFormat: 'objectArray' as const,
      top: rowsPerPage,
      ...(skipToken === undefined ? {} : { skipToken }),
    };
    const request = { subscriptions: [...subscriptionIds], query, options };
    const part = await read(page, now, (callOptions) => client.resources(request, callOptions));
    rows.push(...part.data);
    skipToken = part.skipToken;
    if (skipToken === undefined) return { value: whole(rows, part), asOf };
    if (tokens.has(skipToken)) throw unreadable(200, undefined, 'the same page came twice');
    tokens.add(skipToken);
  }
}

/** A list that was cut off without a way to its rest would make protected VMs look unprotected. */
function whole(rows: readonly unknown[], { resultTruncated }: z.infer<typeof page>): readonly unknown[] {
  if (resultTruncated === 'true') throw unreadable(200, undefined, 'the list is cut off, and there is no next page');
  return rows;
}

function checkedRow<T>(row: z.ZodType<T>, value: unknown): T {
  const checked = row.safeParse(value);
  if (checked.success) return checked.data;
  const where = checked.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw unreadable(200, undefined, `a row of Resource Graph is different at ${where}`);
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
