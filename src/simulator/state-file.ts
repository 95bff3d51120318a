import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { State } from './state.ts';

const stateShape = z.custom<State>((value) => {
  const parsed = z.looseObject({ version: z.literal(1), pending: z.array(z.unknown()) }).safeParse(value);
  return parsed.success;
}, 'not a state of this simulator');

/** The state kept in `file`, or undefined where there is none; throws on a file that is something else. */
export function readState(file: string): State | undefined {
  if (!existsSync(file)) return undefined;
  return stateShape.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Writes the whole state: beside the file, flushed, then renamed over it, so that a crash leaves the old or the new. */
export function writeState(file: string, state: State): void {
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w');
  try {
    writeSync(handle, JSON.stringify(state));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
}
