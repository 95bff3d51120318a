import { clausesOf } from './clauses.ts';
import { alone } from './expressions.ts';
import { withSubject } from './leaning.ts';
import type { Sense } from './lexicon.ts';
import { openingOf } from './opening.ts';
import type { Item } from './reading.ts';
import type { Token } from './tokens.ts';
import { hearingOf, type Utterance } from './utterance.ts';

/** Commas, full stops, colons and dashes between words. */
const marks = /[,;.:!]|\s-\s/;

/**
 * "The region is down, fail over sql01": the request that comes after what somebody tells, with the VM that was told of where it names none.
 * Undefined unless everything before the last clause only tells how things stand, in words that are all known: "Anna wrote: …", "if it is down, …"
 * and "wait, …" are something else.
 */
export function askedAfterTelling(utterance: Utterance): Utterance | undefined {
  const { opening, sentence } = utterance;
  const clauses = clausesOf(sentence.text, opening.rest, marks);
  const main = clauses.at(-1) ?? [];
  const told = clauses.slice(0, -1);
  if (told.length === 0 || sentence.asks) return undefined;
  const items = told.flatMap((clause) => hearingOf(narrowed(utterance, clause)).items);
  if (!items.some(tells) || !items.every(mayBeTold) || asks(items)) return undefined;
  const names = new Set(items.flatMap((item) => (isVm(item) ? [item.entity.said.toLowerCase()] : [])));
  const [name] = names;
  return names.size > 1 ? undefined : aboutVm(narrowed(utterance, main), name);
}

function narrowed(utterance: Utterance, tokens: readonly Token[]): Utterance {
  const opening = openingOf(tokens, utterance.lexicons);
  const { dryRun } = utterance.opening;
  return { ...utterance, opening: { ...opening, dryRun: dryRun || opening.dryRun } };
}

/** The VM that was told of stands for "it", or is added where the request names no other. Undefined: it names another one. */
function aboutVm(utterance: Utterance, name: string | undefined): Utterance | undefined {
  if (name === undefined) return utterance;
  const named = hearingOf(utterance).items.filter(isNamed);
  if (named.length > 0)
    return named.every((item) => isVm(item) && item.entity.said.toLowerCase() === name) ? utterance : undefined;
  const spoken = withSubject(utterance, name);
  if (spoken !== utterance) return spoken;
  const { opening } = utterance;
  const end = opening.rest.at(-1)?.end ?? 0;
  const added = alone({ text: name, folded: name, start: end, end, quoted: true });
  return { ...utterance, opening: { ...opening, rest: [...opening.rest, added] } };
}

function isVm(item: Item): item is Item & { readonly kind: 'value' } {
  return item.kind === 'value' && item.entity.kind === 'vm';
}

function isNamed(item: Item): boolean {
  return item.kind === 'value' && ['vm', 'plan', 'vault', 'run'].includes(item.entity.kind);
}

/** "Is the region down, …": a question, or a condition. */
function asks([first]: readonly Item[]): boolean {
  return (
    first?.kind === 'word' &&
    !tells(first) &&
    first.senses.some(({ concept }) => ['is', 'did', 'has'].includes(concept))
  );
}

/** "Is down", "went fine", "broke": how something stands. */
function tells(item: Item): boolean {
  return item.kind === 'word' && item.senses.some(({ concept }) => concept === 'told');
}

const harmless: ReadonlySet<string> = new Set(['told', 'is', 'did', 'has', 'again', 'new', 'since']);

/** No word that nobody knows, no denial, no condition, no question. */
function mayBeTold(item: Item): boolean {
  if (item.kind === 'value') return item.entity.kind === 'vm' && item.entity.known;
  return item.kind === 'word' && !item.fuzzy && item.senses.every(isHarmless);
}

function isHarmless({ kind, concept }: Sense): boolean {
  if (kind === 'not') return false;
  return kind !== 'function' || harmless.has(concept);
}
