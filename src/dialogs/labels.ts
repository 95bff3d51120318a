import { fold, normalize } from '../language/normalize.ts';
import type { Speech } from '../language/speak.ts';
import type { Text } from '../message.ts';
import type { Reader } from '../operations/context.ts';
import type { Risk } from '../operations/operation.ts';
import type { Choice } from '../operations/screen.ts';

/** How the title of a choice reads to somebody: in their language, and in English, which people copy from the portal. */
export type Labels = (title: Text) => readonly string[];

/** The labels that a reader sees, or may have seen. */
export function labelsFor(speech: Speech, reader: Reader, now: Date): Labels {
  const speakers = [reader, { ...reader, locale: 'en' }].map((each) => speech.speakerFor({ ...each, now }));
  return (title) => speakers.map((speak) => speak(title));
}

/** What words are compared with. */
export interface Offered {
  readonly choices: readonly Choice[];
  readonly labels: Labels;
}

/** The choice whose label the words are, in any case, accents and punctuation; undefined when several are called so. */
export function choiceCalled({ choices, labels }: Offered, words: string): Choice | undefined {
  const said = wordsOf(words).join(' ');
  if (said === '') return undefined;
  return theOnly(choices, (choice) => textsOf(choice, labels).some((text) => wordsOf(text).join(' ') === said));
}

/**
 * The choice that words name by its label or by a part that no other label has. For a read the words of a label may also stand in another order;
 * what changes something is taken up by whole words as they stand there, and never by one ordinary word out of the middle ("down").
 */
export function choiceNamed(offered: Offered, words: string, risk: Risk): Choice | undefined {
  const called = choiceCalled(offered, words);
  const said = wordsOf(words);
  if (called !== undefined || said.join('').length < shortest) return called;
  const { choices, labels } = offered;
  const titles = (choice: Choice) => textsOf(choice, labels).map(wordsOf);
  const holds = (choice: Choice) => titles(choice).some((title) => holdsInOrder(title, said));
  const part = theOnly(choices, holds);
  if (part !== undefined) return risk === 'read' || titles(part).some((title) => tells(title, said)) ? part : undefined;
  if (risk !== 'read' || choices.some(holds)) return undefined;
  return theOnly(choices, (choice) => titles(choice).some((title) => said.every((word) => title.includes(word))));
}

/** Fewer letters are a part of too much. */
const shortest = 3;

function textsOf({ value, title }: Choice, labels: Labels): readonly string[] {
  return typeof value === 'string' ? [value, ...labels(title)] : labels(title);
}

/** Names stay whole but for their slashes: "vnet-prod/snet-app" is two words. */
function wordsOf(text: string): readonly string[] {
  const plain = fold(normalize(text).text).replaceAll("'", ' ');
  return plain.match(/[\p{L}\p{N}](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}])?/gu) ?? [];
}

function holdsInOrder(title: readonly string[], said: readonly string[]): boolean {
  return ` ${title.join(' ')} `.includes(` ${said.join(' ')} `);
}

/** Whether a part says enough of a label to act on it: its beginning, several words, or a name. */
function tells(title: readonly string[], said: readonly string[]): boolean {
  if (!holdsInOrder(title, said)) return false;
  const [only = '', ...more] = said;
  return more.length > 0 || title[0] === only || /[\d_-]/.test(only);
}

function theOnly(choices: readonly Choice[], fits: (choice: Choice) => boolean): Choice | undefined {
  const [only, ...others] = choices.filter(fits);
  return others.length === 0 ? only : undefined;
}
