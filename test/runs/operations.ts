import { z } from 'zod';
import { type ChangingOperation, changing, type OperationTexts } from '../../src/operations/operation.ts';
import { parameter } from '../../src/operations/parameters.ts';
import type { FakeAzure } from './fake-azure.ts';

const texts: OperationTexts = { title: 'Test', does: 'test', example: 'test', phrases: [], messages: {} };

/** Three small operations over a fake Azure, one of each risk: `test.reversible`, `test.disruptive`, `test.destructive`. */
export function testOperations(azure: FakeAzure): ReadonlyMap<string, ChangingOperation> {
  const risks = ['reversible', 'disruptive', 'destructive'] as const;
  return new Map(risks.map((risk) => [`test.${risk}`, testOperation(azure, risk)]));
}

function testOperation(azure: FakeAzure, risk: ChangingOperation['risk']): ChangingOperation {
  return changing({
    id: `test.${risk}`,
    area: 'backup',
    risk,
    texts: { en: texts, 'pt-BR': texts, it: texts },
    parameters: z.object({ vm: parameter.vm() }),
    actions: ['Test/act/action'],
    rights: (_context, { vm }) => Promise.resolve([{ action: 'Test/act/action', scope: vm }]),
    targets: ({ vm }) => [vm],
    preview: (_context, { vm }) => {
      if (azure.previewFault !== undefined) return Promise.reject(azure.previewFault);
      const sentence = { message: 'test.preview', values: { vm } };
      return Promise.resolve({
        sentence,
        facts: [],
        resources: [vm],
        holds: azure.holds,
        ...(azure.continues && { continues: azure.continues }),
        measured: { ...azure.measured },
      });
    },
    checks: () => Promise.resolve([...azure.findings]),
    submit: (_context, _parameters, { clientRequestId }) => Promise.resolve().then(() => azure.submit(clientRequestId)),
    findSubmitted: (_context, _parameters, { clientRequestId }) =>
      Promise.resolve().then(() => azure.findSubmitted(clientRequestId)),
    result: (_context, _parameters, _execution, progress) => {
      if (azure.resultFault !== undefined) return Promise.reject(azure.resultFault);
      const sentence = { message: `test.${progress.state}` };
      return Promise.resolve({ sentence, facts: [], leftToDo: [], suggestions: [] });
    },
    byHand: () => azure.commands,
    next: () => [],
  });
}
