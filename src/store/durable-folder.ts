import { fsyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** The part of Emscripten's NODEFS that we complete: it writes, but has no way to make sure that it is written. */
interface WithNodeFs {
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd?: number }) => number } };
}

/** A check and not a schema: a schema would hand back a copy, and the copy's fsync is never called. */
function assertNodeFs(module: object): asserts module is WithNodeFs {
  const nodeFs = 'NODEFS' in module ? module.NODEFS : undefined;
  const found = typeof nodeFs === 'object' && nodeFs !== null && 'stream_ops' in nodeFs;
  if (!found) throw new TypeError('PGlite has moved NODEFS: fsync cannot be added');
}

/**
 * A data folder whose commits reach the disk. As shipped, PGlite starts PostgreSQL with `-F` and a file system without
 * fsync, so that a power failure can lose what was acknowledged. The export moved between 0.5.14 and 0.5.16: the
 * version is pinned, and a test counts the calls.
 */
export class DurableFolder extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args);
    const preRun = [emscriptenOpts.preRun ?? []].flat();
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, addFsync] } };
  }
}

function addFsync(module: object): void {
  assertNodeFs(module);
  module.NODEFS.stream_ops.fsync = (stream) => {
    if (stream.nfd !== undefined) fsyncSync(stream.nfd);
    return 0;
  };
}

/** PostgreSQL's own start parameters with fsync on, and a buffer that suits one bot (16 MB saves 190 MB of memory). */
export const durableStart: readonly string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync', '-c', 'shared_buffers=16MB'],
];
