import type { Attachment, Storage } from 'botbuilder';
import type { ReadAnswer } from '../language/answer.ts';
import type { NameIndex } from '../language/names.ts';
import type { Recognizer } from '../language/recognize.ts';
import type { Speech } from '../language/speak.ts';
import type { Actor, Context, Reader } from '../operations/context.ts';
import type { Operation } from '../operations/operation.ts';
import type { Screen } from '../operations/screen.ts';
import type { Run, RunService } from '../runs/run.ts';
import type { OwnLanguage } from './own-language.ts';
import type { Standing } from './standing.ts';

/** Somebody talking: who, how they read, and where. From the verified activity, never from a card. */
export interface Person {
  readonly actor: Actor;
  readonly reader: Reader;
  readonly conversationId: string;
  readonly conversationKind: 'personal' | 'group' | 'channel';
  /** The locale of their client, where they have asked for another language. */
  readonly clientLocale?: string;
}

/** What the conversation stands on; given by the composition root. */
export interface TalkOptions {
  readonly operations: readonly Operation[];
  readonly recognizer: Recognizer;
  readonly readAnswer: ReadAnswer;
  readonly speech: Speech;
  /** The names of VMs, vaults and plans as they are known now. */
  readonly names: () => Promise<NameIndex>;
  readonly contextFor: (actor: Actor, reader: Reader) => Context;
  /** Asked for when it is needed: the runs are built with the bot's cards, and the bot with this conversation. */
  readonly runs: () => RunService;
  /** Shows a new run where it was asked for, and to those who may approve it where they are. */
  readonly announce: (run: Run) => Promise<void>;
  /** Shows a run to a person in their own chat with the bot; false when the bot does not know that chat. */
  readonly watch: (run: Run, actor: Actor) => Promise<boolean>;
  /** What the bot says by itself. */
  readonly standing: Standing;
  readonly draw: (screen: Screen, reader: Reader) => Attachment;
  readonly storage: Storage;
  readonly ownLanguage: OwnLanguage;
  readonly now: () => Date;
  readonly newId: () => string;
}
