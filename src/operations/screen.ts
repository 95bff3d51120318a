import type { Message, Text } from '../message.ts';

/** The standing of a line or a card; always said in words or a sign as well, never by colour alone. */
export type Tone = 'good' | 'warning' | 'bad' | 'neutral' | 'unknown';

/** One row of a card: "Vault — rsv-prod-weu". */
export interface Fact {
  readonly label: Message;
  readonly value: Text;
}

/** A part of an answer with a heading of its own: Backup, Replication, Snapshots. */
export interface Section {
  readonly title: Text;
  readonly tone: Tone;
  /** One sentence under the heading. */
  readonly lead?: Text;
  readonly facts: readonly Fact[];
}

/** One line of a list. When it can be chosen, its number is how it is chosen by typing. */
export interface ListItem {
  readonly title: Text;
  readonly tone?: Tone;
  readonly details?: readonly Text[];
  /** What choosing the line asks for. */
  readonly opens?: Wish;
}

/** What a button or a follow-up asks for. It is a wish like a typed sentence: nothing in it is trusted. */
export interface Wish {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A button with a wish; `typed` is what a person can type instead, and is shown where buttons are not. */
export interface Suggestion {
  readonly title: Text;
  readonly wish: Wish;
}

/** A file that comes with an answer. It is made when the person takes it, from what they may see then. */
export interface OfferedFile {
  readonly name: string;
  readonly description: Message;
  /** About how large it will be. */
  readonly bytes: number;
  /** What taking it asks for: an operation that makes files. */
  readonly wish: Wish;
}

/** A file as a person gets it. */
export interface MadeFile {
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  readonly text: string;
}

/** The answer of an operation that only reads. */
export interface Answer {
  readonly title: Text;
  readonly tone: Tone;
  readonly lead?: Text;
  readonly sections?: readonly Section[];
  readonly items?: readonly ListItem[];
  /** Lines to be copied as they are: commands, rows of a file. None is ever cut; what one card cannot hold goes on in further messages. */
  readonly copied?: readonly string[];
  readonly file?: OfferedFile;
  /** Small print: the age of what was read, what could not be looked at. */
  readonly notes?: readonly Text[];
  /** At most three are shown as buttons. */
  readonly suggestions?: readonly Suggestion[];
}

/** One of several things to choose from, when the bot asks. */
export interface Choice {
  /** What is put into the operation's parameter. */
  readonly value: unknown;
  readonly title: Text;
  readonly details?: Text;
  /** Of a recovery point: what "before 14:00" and "the last application-consistent one" are compared with. */
  readonly point?: { readonly time: string; readonly consistency: 'application' | 'file-system' | 'crash' };
}

/** A finding of the pre-flight checks. */
export interface Finding {
  /** Stable, for docs and tests: `soft-deleted`, `cleanup-pending`. */
  readonly id: string;
  readonly severity: 'blocks' | 'warns' | 'passed';
  readonly text: Message;
  readonly advice?: Message;
  /**
   * Values of the text that move by themselves, such as an age or what is left of a limit that others use too: with new values of these it is the same
   * warning still. Any other value is part of what was agreed to.
   */
  readonly varies?: readonly string[];
  /** Nobody could look, so nothing is known to have changed: Azure looks again itself when it gets the request. */
  readonly unseen?: true;
}

/**
 * A request that a job of Azure's does, whoever asked for it: what it leaves open, a run that carries it on leaves open too, and to begin it anew needs what
 * the policy says of it.
 */
export interface Continued extends Wish {
  readonly anew: boolean;
}

/** The effects of a changing operation, computed without changing anything. */
export interface Preview {
  /** One sentence: what is changed or lost. */
  readonly sentence: Message;
  readonly facts: readonly Fact[];
  /** What people call the target and type to confirm it; the name of its resource where this is absent. A job's own name is a GUID. */
  readonly target?: string;
  /** ARM ids of what is touched. */
  readonly resources: readonly string[];
  /** What the run holds beside its targets, so that no other run changes it meanwhile: replicated VMs and their copies. ARM ids. */
  readonly holds?: readonly string[];
  /** For acting on a job of Azure's: the request that the job does, which the run carries on or begins anew. */
  readonly continues?: Continued;
  /** What drift is measured on: any difference at the start supersedes the run. Keys are message ids of their labels. */
  readonly measured: Readonly<Record<string, string>>;
}

/** How a finished run ended, and what is left to do. */
export interface Outcome {
  readonly sentence: Message;
  readonly facts: readonly Fact[];
  readonly leftToDo: readonly Message[];
  readonly suggestions: readonly Suggestion[];
  /** There is something that only the requester may see, in their own chat: the title of the button that shows it. */
  readonly reveals?: Message;
}

/** Something the bot needs to know before it goes on. It is answered by a button, a number, or words. */
export interface Question {
  /** Names this asking; an answer to another one is stale. */
  readonly id: string;
  readonly title: Text;
  readonly lead?: Text;
  /** Numbered from 1. */
  readonly choices: readonly Choice[];
  /** Whether words other than a number are an answer too, and what they would be. */
  readonly hint?: Text;
  /** Set when it has been answered: the card loses its buttons. */
  readonly answered?: Text;
}

/** Something to be told that is neither an answer nor a run: a refusal, an error, a greeting. */
export interface Notice {
  readonly tone: Tone;
  readonly title: Text;
  readonly lead?: Text;
  readonly facts?: readonly Fact[];
  /** What can be answered by its number, from 1. */
  readonly numbered?: readonly Text[];
  readonly suggestions?: readonly Suggestion[];
}

/** Everything but a run's card that can be drawn. */
export type Screen =
  | { readonly screen: 'answer'; readonly answer: Answer }
  | { readonly screen: 'question'; readonly question: Question }
  | { readonly screen: 'notice'; readonly notice: Notice };
