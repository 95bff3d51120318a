import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { startTestSimulator, type TestSimulator } from '../support/simulator.ts';

/** Where the recordings lie, outside the project. */
export const recordingsFolder = new URL('../../../shared/azure-examples/', import.meta.url);

/** An answer, recorded or given by the simulator. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const recording = z.object({
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
});

/** The answer of a recording, by its path below the folder without `recorded.` and `.json`. */
export async function readRecording(name: string): Promise<Answer> {
  const [folder, file] = name.split('/');
  const text = await readFile(new URL(`${folder}/recorded.${file}.json`, recordingsFolder), 'utf8');
  return recording.parse(JSON.parse(text)).response;
}

/** A simulator and the few things that scenes do with it. */
export interface Stage {
  readonly simulator: TestSimulator;
  send(method: string, path: string, body?: unknown): Promise<Answer>;
  advance(ms: number): Promise<void>;
}

/** A stage with the practice estate; `path` may do without the api-version. */
export async function openStage(): Promise<Stage> {
  const simulator = await startTestSimulator();
  return {
    simulator,
    advance: (ms) => simulator.control.advance(ms),
    async send(method, path, body) {
      const address = `${simulator.url}${path}${path.includes('api-version=') ? '' : `${path.includes('?') ? '&' : '?'}api-version=2023-02-01`}`;
      const headers = { 'x-sim-original-host': 'management.azure.com' };
      const response = await fetch(address, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: text === '' ? '' : JSON.parse(text),
      };
    },
  };
}

/** Discriminators and types, whose very words and casing clients depend on. */
const words = new Set([
  'type',
  'objectType',
  'jobType',
  'instanceType',
  'backupManagementType',
  'protectedItemType',
  'protectableItemType',
  'virtualMachineVersion',
  'workloadType',
]);

/** Tags are anybody's; `_note` marks where a long recording was cut. */
const ignored = new Set(['tags', '_note']);

/** The fields of a body: path → kinds of value seen there, with the word itself for discriminators. */
export function shapeOf(value: unknown, path = '', found = new Map<string, Set<string>>()): Map<string, Set<string>> {
  const note = (kind: string) => found.set(path, (found.get(path) ?? new Set()).add(kind));
  if (Array.isArray(value)) {
    note('array');
    for (const one of value) shapeOf(one, `${path}[]`, found);
  } else if (value !== null && typeof value === 'object') {
    note('object');
    for (const [key, one] of Object.entries(value).filter(([name]) => !ignored.has(name)))
      shapeOf(one, path === '' ? key : `${path}.${key}`, found);
  } else {
    const last = path.slice(path.lastIndexOf('.') + 1);
    note(words.has(last) && typeof value === 'string' ? `'${value}'` : value === null ? 'null' : typeof value);
  }
  return found;
}

/** What tells two answers apart: status, addresses of operations, fields. One line each. */
export function differences(recorded: Answer, given: Answer): string[] {
  const lines: string[] = [];
  if (recorded.status !== given.status) lines.push(`status ${recorded.status} is ${given.status}`);
  for (const name of ['azure-asyncoperation', 'location', 'azure-asyncnotification', 'x-ms-failure-cause']) {
    const [want, have] = [recorded.headers[name], given.headers[name]].map(addressShape);
    if (want !== have) lines.push(`header ${name}: ${want ?? 'absent'} is ${have ?? 'absent'}`);
  }
  return [...lines, ...fieldDifferences(shapeOf(recorded.body), shapeOf(given.body))];
}

/** An address without what changes: host, names, ids, query but `monitor`. Other values stay as they are. */
function addressShape(value: string | undefined): string | undefined {
  if (value === undefined || !value.startsWith('https://')) return value;
  const url = new URL(value);
  const [left = '', right = ''] = url.pathname.split('/providers/');
  const every = (text: string, from: number) =>
    text.split('/').filter((part, index) => part !== '' && index % 2 === from);
  const [provider = '', ...rest] = right.split('/');
  const kinds = rest.filter((_, index) => index % 2 === 0);
  return [url.host, ...every(left, 1), provider, ...kinds, url.searchParams.has('monitor') ? 'monitor' : ''].join('/');
}

function fieldDifferences(recorded: Map<string, Set<string>>, given: Map<string, Set<string>>): string[] {
  const lines: string[] = [];
  for (const [path, kinds] of recorded) {
    const ours = given.get(path);
    if (ours === undefined) {
      if (parentOf(path, given)) lines.push(`missing ${path}`);
    } else if (!agree(kinds, ours)) lines.push(`${path}: ${[...kinds].join('|')} is ${[...ours].join('|')}`);
  }
  for (const path of given.keys()) if (!recorded.has(path) && parentOf(path, recorded)) lines.push(`added ${path}`);
  return lines;
}

/** Only the outermost of missing or added fields is told: one whose parent is there. */
function parentOf(path: string, shape: Map<string, Set<string>>): boolean {
  const parent = path.endsWith('[]') ? path.slice(0, -2) : path.slice(0, Math.max(0, path.lastIndexOf('.')));
  const kinds = shape.get(parent);
  return kinds !== undefined && !kinds.has('null') && !(path.endsWith('[]') && kinds.has('array'));
}

function agree(recorded: Set<string>, given: Set<string>): boolean {
  if (recorded.has('null') || given.has('null')) return true;
  const words = (kinds: Set<string>) => [...kinds].filter((kind) => kind.startsWith("'"));
  if (words(recorded).length > 0) return words(given).every((word) => recorded.has(word));
  return [...given].every((kind) => recorded.has(kind));
}

/** Asserts that a value is there. */
export function given<T>(value: T | undefined): T {
  return value ?? assert.fail('a part of the answer is missing');
}
