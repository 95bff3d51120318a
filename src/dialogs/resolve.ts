import { CatalogueError } from '../errors.ts';
import type { Said } from '../language/recognize.ts';
import { say, type Text } from '../message.ts';
import type { Context } from '../operations/context.ts';
import type { Operation } from '../operations/operation.ts';
import type { ParameterInfo } from '../operations/parameters.ts';
import type { Choice } from '../operations/screen.ts';
import { choiceNamed, type Labels } from './labels.ts';
import { pointFound, shownPoints } from './points.ts';

/** What became of one parameter: it has a value, it is not needed, or somebody has to be asked. */
export type Resolution =
  | { readonly found: 'value'; readonly value: unknown }
  | { readonly found: 'nothing-needed' }
  | {
      readonly found: 'question';
      readonly title: Text;
      readonly lead?: Text;
      readonly choices: readonly Choice[];
    };

interface Wanted {
  readonly operation: Operation;
  readonly info: ParameterInfo;
  readonly said: Said | undefined;
  readonly given: Readonly<Record<string, unknown>>;
  readonly labels: Labels;
}

/**
 * Finds a parameter's value in what was said, and in the choices that Azure offers.
 * A near name is taken for a read only; for anything else it is offered.
 */
export async function resolve(context: Context, wanted: Wanted): Promise<Resolution> {
  const { said, info } = wanted;
  if (said === undefined) return await missing(context, wanted);
  if (said.candidates !== undefined) return await amongNames(context, wanted, said);
  if (info.kind === 'words' || info.kind === 'notes') return { found: 'value', value: said.value ?? said.said };
  if (isPoint(info)) return await amongPoints(context, wanted, said);
  if (said.meanings !== undefined) return unclearTime(wanted, said, said.meanings);
  if (said.value !== undefined && info.kind !== 'network') return { found: 'value', value: said.value };
  return await amongChoices(context, wanted, said);
}

async function missing(context: Context, { operation, info, given }: Wanted): Promise<Resolution> {
  if (!info.required) return { found: 'nothing-needed' };
  const choices = await operation.choices?.(context, info.name, given);
  if (info.kind === 'vm' && choices !== undefined) {
    const [only] = choices;
    if (only === undefined) throw new CatalogueError('no-vm-for-this');
    if (choices.length === 1) return { found: 'value', value: only.value };
  }
  const lines = isPoint(info) ? shownPoints(choices ?? []) : (choices ?? []);
  return { found: 'question', title: say(`dialog.ask-${info.kind}`), choices: lines };
}

function isPoint({ kind }: ParameterInfo): boolean {
  return kind === 'recovery-point' || kind === 'replication-point';
}

/** Older points than the question shows can be said, too. */
async function amongPoints(context: Context, { operation, info, given }: Wanted, said: Said): Promise<Resolution> {
  const choices = (await operation.choices?.(context, info.name, given)) ?? [];
  const point = pointFound(choices, said);
  if (point.found === 'value') return point;
  const { lead, choices: lines } = point;
  return { found: 'question', title: say(`dialog.ask-${info.kind}`), lead, choices: lines };
}

/** Summer time shows an hour twice or leaves it out: only the person knows what was meant. */
function unclearTime({ info }: Wanted, { said }: Said, meanings: readonly string[]): Resolution {
  const lead = say(meanings.length === 0 ? 'dialog.no-such-time' : 'dialog.time-twice', { said });
  const choices = meanings.map((time) => ({ value: time, title: { time } }));
  return { found: 'question', title: say(`dialog.ask-${info.kind}`), lead, choices };
}

/**
 * Names are recognized by what is known of them, which is nothing when Azure has not answered since the start. That a name does not exist is said
 * only where it could be looked for.
 */
async function amongNames(context: Context, wanted: Wanted, said: Said): Promise<Resolution> {
  const candidates = said.candidates ?? [];
  if (candidates.length === 0) await context.azure.inventory.vms();
  return named(wanted, said, candidates);
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
  // What was said is asked back where it is not found, also of a parameter that need not be given.
  const asked = await missing(context, { ...wanted, info: { ...wanted.info, required: true }, said: undefined });
  if (asked.found !== 'question') return asked;
  if (!wanted.info.required && asked.choices.length === 0) return { found: 'nothing-needed' };
  const { operation, labels } = wanted;
  const chosen =
    asked.choices.find(({ value }) => value === said.value) ??
    choiceNamed({ choices: asked.choices, labels }, said.said, operation.risk);
  return chosen === undefined
    ? { ...asked, lead: notAmong(said.said, asked) }
    : { found: 'value', value: chosen.value };
}

/** What was said in answer, above the question asked again. */
export function notAmong(words: string, { choices }: { readonly choices: readonly Choice[] }): Text {
  return say(choices.length > 0 ? 'dialog.none-of-these' : 'dialog.no-answer', { said: words.slice(0, mostRepeated) });
}

/** In characters. */
const mostRepeated = 80;
