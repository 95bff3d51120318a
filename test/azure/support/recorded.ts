import { existsSync, readFileSync } from 'node:fs';
import type { Context } from 'mocha';
import { z } from 'zod';
import { skipBecause } from '../../support/skip.ts';
import type { Reply } from './fake-arm.ts';

/** Beside the project, not in it. */
const folder = new URL('../../../../shared/azure-examples/', import.meta.url);

const interaction = z.object({
  request: z.object({ method: z.string(), url: z.string(), body: z.unknown() }),
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
});

/** One interaction with Azure as Microsoft's own test suites recorded it. Skips the test where the recordings are absent. */
export function recorded(test: Context, file: string) {
  const found = interaction.parse(readExample(test, file));
  const { status, body } = found.response;
  const reply: Reply = { status, body, headers: passedOn(found.response.headers) };
  return { ...found, reply, path: decodeURIComponent(new URL(found.request.url).pathname) };
}

/** Any file of the examples. */
export function readExample(test: Context, file: string): unknown {
  const url = new URL(file, folder);
  if (!existsSync(url)) skipBecause(test, 'recordings of Azure are not beside the project (../shared/azure-examples)');
  return JSON.parse(readFileSync(url, 'utf8'));
}

/** What belongs to the connection of then is left to the server of now. */
function passedOn(headers: Record<string, string>): Record<string, string> {
  const own = new Set(['content-length', 'transfer-encoding', 'connection', 'content-encoding', 'date']);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.has(name)));
}
