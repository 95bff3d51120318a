import { z } from 'zod';
import type { Ports } from '../../src/azure/ports.ts';
import type { JobRef } from '../../src/azure/types.ts';
import { CatalogueError } from '../../src/errors.ts';
import { type ChangingOperation, changing, type OperationTexts } from '../../src/operations/operation.ts';
import { parameter } from '../../src/operations/parameters.ts';
import type { CardPort } from '../../src/runs/ports.ts';

const answer = z.object({ found: z.boolean() });
const texts: OperationTexts = { title: 'Test', does: 'test', example: 'test', phrases: [], messages: {} };

/** One operation, its Azure and its cards, all at the address of an `AzureServer`. */
export function remoteParts(url: string) {
  const ask = askerAt(url);
  return { operation: remoteOperation(ask), ports: remotePorts(), cards: remoteCards(ask) };
}

/** Asks an `AzureServer`, once. */
export function askerAt(url: string): Ask {
  return async (path, body) => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) }).catch(
      () => undefined,
    );
    const status = response?.status ?? 0;
    if (status !== 200) throw new CatalogueError('azure-unavailable', { azure: { status, code: '', message: '' } });
    return answer.parse(await response?.json()).found;
  };
}

type Ask = (path: string, body: object) => Promise<boolean>;

function remoteOperation(ask: Ask): ChangingOperation {
  return changing({
    id: 'test.remote',
    area: 'backup',
    risk: 'disruptive',
    texts: { en: texts, 'pt-BR': texts, it: texts },
    parameters: z.object({ vm: parameter.vm() }),
    actions: [],
    rights: () => Promise.resolve([]),
    targets: ({ vm }) => [vm],
    preview: () => Promise.resolve({ sentence: { message: 'test' }, facts: [], resources: [], measured: {} }),
    checks: () => Promise.resolve([]),
    submit: async (_context, _parameters, { clientRequestId: id, runId }) => {
      await ask('/submit', { id, by: runId });
      return jobOf(id);
    },
    findSubmitted: async (_context, _parameters, { clientRequestId: id }) =>
      (await ask('/find', { id })) ? jobOf(id) : 'nothing',
    result: () => Promise.resolve({ sentence: { message: 'done' }, facts: [], leftToDo: [], suggestions: [] }),
    byHand: () => [],
    next: () => [],
  });
}

/** The first look finds the job running, the second finds its end. */
function remotePorts(): Ports {
  const looks = new Map<string, number>();
  const progress = (ref: JobRef) => {
    const key = JSON.stringify(ref);
    const seen = (looks.get(key) ?? 0) + 1;
    looks.set(key, seen);
    const state = seen < 2 ? ('running' as const) : ('succeeded' as const);
    return Promise.resolve({ ref, state, tasks: [], recommendations: [], nextLookSeconds: 1 });
  };
  const conditions = { botLacks: () => Promise.resolve(undefined) };
  return { jobs: { progress }, conditions, access: { holds: () => Promise.resolve(true) } } as unknown as Ports;
}

/** Cards that the `AzureServer` takes. */
export function remoteCards(ask: Ask): CardPort {
  return {
    post: async (_conversation, run) => {
      await ask('/card', { id: run.id, state: run.state });
      return 'message';
    },
    update: async (_conversation, _message, run) => void (await ask('/card', { id: run.id, state: run.state })),
  };
}

function jobOf(operationId: string): JobRef {
  return { kind: 'backup', vaultId: '/vaults/rsv', operationId };
}
