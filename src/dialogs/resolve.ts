import { CatalogueError } from '../errors.ts';
import type { Said } from '../language/recognize.ts';
import { say, type Text } from '../message.ts';
import type { Context } from '../operations/context.ts';
import type { Operation } from '../operations/operation.ts';
import type { ParameterInfo } from '../operations/parameters.ts';
import type { Choice } from '../operations/screen.ts';

/** What became of one parameter: it has a value, it is not needed, or somebody has to be asked. */
export type Resolution =
  | { readonly found: 'value'; readonly value: unknown }
  | { readonly found: 'nothing-needed' }
  | { readonly found: 'question'; readonly title: Text; readonly choices: readonly Choice[] };

interface Wanted {
  readonly operation: Operation;
  readonly info: ParameterInfo;
  readonly said: Said | undefined;
  readonly given: Readonly<Record<string, unknown>>;
}

/**
 * Finds a parameter's value in what was said, and in the choices that Azure offers.
 * A near name is taken for a read only; for anything else it is offered.
 */
export async function resolve(context: Context, wanted: Wanted): Promise<Resolution> {
  const { said, info } = wanted;
  if (said === undefined) return await missing(context, wanted);
  if (said.candidates !== undefined) return named(wanted, said, said.candidates);
  if (info.kind === 'words') return { found: 'value', value: said.value ?? said.said };
  if (said.value !== undefined && info.kind !== 'network' && info.kind !== 'replication-point')
    return { found: 'value', value: said.value };
  return await amongChoices(context, wanted, said);
}

async function missing(context: Context, { operation, info, given }: Wanted): Promise<Resolution> {
  if (!info.required) return { found: 'nothing-needed' };
  const choices = await operation.choices?.(context, info.name, given);
  if (info.kind === 'vm' && choices !== undefined) {
    const [only] = choices;
    if (only === undefined) throw new CatalogueError('nothing-to-clean-up');
    if (choices.length === 1) return { found: 'value', value: only.value };
  }
  return { found: 'question', title: say(`dialog.ask-${info.kind}`), choices: choices ?? [] };
}

function named({ operation }: Wanted, said: Said, candidates: NonNullable<Said['candidates']>): Resolution {
  const [only] = candidates;
  const certain = said.match === 'exact' || operation.risk === 'read';
  if (only !== undefined && candidates.length === 1 && certain) return { found: 'value', value: only.id };
  const title =
    candidates.length === 0 ? 'dialog.no-such-vm' : said.match === 'exact' ? 'dialog.several-vms' : 'dialog.near-vms';
  return { found: 'question', title: say(title, { name: said.said }), choices: candidates.map(choiceOf) };
}

function choiceOf(named: NonNullable<Said['candidates']>[number]): Choice {
  return {
    value: named.id,
    title: named.name,
    details: say('dialog.where', { group: named.resourceGroup, region: named.location }),
  };
}

async function amongChoices(context: Context, wanted: Wanted, said: Said): Promise<Resolution> {
  const asked = await missing(context, { ...wanted, said: undefined });
  if (asked.found !== 'question') return asked;
  const chosen = asked.choices.find(
    (choice) => matches(choice, said.said) || choice.value === said.value || isAtOrBefore(choice, said),
  );
  return chosen === undefined ? asked : { found: 'value', value: chosen.value };
}

/** Whether words name a choice: its value, or a title that is foreign text such as a network's name. */
export function matches(choice: Choice, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  return [choice.value, choice.title].some((text) => typeof text === 'string' && text.toLowerCase() === wanted);
}

/** The newest point that is not after a moment that was said; choices come newest first. */
function isAtOrBefore({ title }: Choice, { kind, value }: Said): boolean {
  if (kind !== 'replication-point' || typeof value !== 'string') return false;
  return typeof title === 'object' && 'time' in title && Date.parse(title.time) <= Date.parse(value);
}
