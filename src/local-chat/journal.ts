import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Lines that outlive the process. */
export interface Journal {
  /** What earlier processes wrote, oldest first; handed over once. */
  takeLines(): string[];
  /** Resolves when the line is on disk. Lines reach the disk in the order of the calls. */
  append(line: string): Promise<void>;
  /** Puts these lines in place of all others, at once or not at all. Only before the first append. */
  replace(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** A journal that forgets: for a chat that lives as long as its process. */
export function memoryJournal(): Journal {
  const done = async () => {};
  return { takeLines: () => [], append: done, replace: done, close: done };
}

/** Opens or creates the file. A last line torn by a crash is dropped: nobody was told that it was kept. */
export async function fileJournal(path: string): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true });
  const text = await readFile(path, 'utf8').catch(ignoreMissing);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await writeSafely(path, whole);
  const lines = whole.split('\n').filter((line) => line !== '');
  let file = await open(path, 'a');
  const batches = batching(async (batch) => {
    await file.appendFile(batch.map((line) => `${line}\n`).join(''));
    await file.datasync();
  });
  return {
    takeLines: () => lines.splice(0),
    append: batches.add,
    async replace(others) {
      await file.close();
      await writeSafely(path, others.map((line) => `${line}\n`).join(''));
      file = await open(path, 'a');
    },
    async close() {
      await batches.idle();
      await file.close();
    },
  };
}

/** Everything that waits while one write is on its way goes with the next: one fsync for many. */
function batching(write: (lines: readonly string[]) => Promise<void>) {
  let waiting: string[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();
  function add(line: string): Promise<void> {
    waiting.push(line);
    next ??= last = last.then(flush, flush);
    return next;
  }
  async function flush(): Promise<void> {
    const lines = waiting;
    waiting = [];
    next = undefined;
    await write(lines);
  }
  return { add, idle: () => last.catch(() => {}) };
}

async function writeSafely(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  await writeFile(temporary, text, { flush: true });
  await rename(temporary, path);
}

function ignoreMissing(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
}
