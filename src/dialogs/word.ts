import type { DialogContext } from 'botbuilder-dialogs';
import type { Understanding } from '../language/recognize.ts';
import type { Notice } from '../operations/screen.ts';
import type { Recollection } from './memory.ts';
import type { Person, TalkOptions } from './options.ts';
import { show } from './show.ts';
import type { Start } from './start.ts';

/** What was said beside the word: a run's code, a number, a name, a comment. */
export type Said = Understanding['parameters'];

/** What a word has to work with. */
export interface WordContext {
  readonly options: TalkOptions;
  readonly dialogs: DialogContext;
  readonly person: Person;
  readonly said: Said;
  /** Operations that the sentence may be about, best first. */
  readonly alternatives: readonly string[];
  readonly recall: () => Promise<Recollection | undefined>;
  readonly begin: (start: Start) => Promise<void>;
  /** The last request, for what the sentence names. */
  readonly again: () => Promise<Start | undefined>;
}

/** One of the words that are not operations. */
export type Word = (context: WordContext) => Promise<void>;

/** Tells something short. */
export async function notice({ options, dialogs, person }: WordContext, what: Notice): Promise<void> {
  await show(options, dialogs.context, person.reader, { screen: 'notice', notice: what });
}

/** A value that is text, and not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
