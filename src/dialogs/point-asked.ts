import type { DialogContext } from 'botbuilder-dialogs';
import { z } from 'zod';
import type { Understanding } from '../language/recognize.ts';
import { parametersOf } from '../operations/parameters.ts';
import type { Person, TalkOptions } from './options.ts';

const asking = z.object({ operation: z.string(), asked: z.object({ parameter: z.string() }) });

/**
 * Whether words answer an open question for a recovery point although they could ask for something else: "latest" by itself lists runs or undoes one.
 * What names something or changes something is a request, also then.
 */
export async function tellsPoint(
  options: TalkOptions,
  dialogs: DialogContext,
  { person, understood }: { readonly person: Person; readonly understood: Understanding },
): Promise<boolean> {
  const state = asking.safeParse(dialogs.activeDialog?.state);
  if (!state.success || Object.keys(understood.parameters).length > 0) return false;
  const find = (id: string | null) => options.operations.find((operation) => operation.id === id);
  if ((find(understood.operation)?.risk ?? 'read') !== 'read') return false;
  const operation = find(state.data.operation);
  const info =
    operation && parametersOf(operation).find(({ name, kind }) => name === state.data.asked.parameter && isPoint(kind));
  if (info === undefined) return false;
  const speaker = { ...person.reader, now: options.now(), names: await options.names() };
  return options.readAnswer(info.kind, understood.text, speaker) !== undefined;
}

function isPoint(kind: string): boolean {
  return kind === 'recovery-point' || kind === 'replication-point';
}
