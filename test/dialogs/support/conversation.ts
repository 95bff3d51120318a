import { type Activity, MemoryStorage, type Storage, TestAdapter } from 'botbuilder';
import type { Person } from '../../../src/dialogs/options.ts';
import { localeFor, OwnLanguage } from '../../../src/dialogs/own-language.ts';
import type { Standing } from '../../../src/dialogs/standing.ts';
import { Talk } from '../../../src/dialogs/talk.ts';
import { answerReader } from '../../../src/language/answer.ts';
import type { NameIndex } from '../../../src/language/names.ts';
import { createRecognizer } from '../../../src/language/recognize.ts';
import { createSpeech } from '../../../src/language/speak.ts';
import { operations as all } from '../../../src/operations/index.ts';
import type { Operation } from '../../../src/operations/operation.ts';
import type { RunSummary } from '../../../src/operations/run-summary.ts';
import type { Screen } from '../../../src/operations/screen.ts';
import type { Proposal, Run, RunService } from '../../../src/runs/run.ts';
import { names } from '../../language/estate.ts';
import { stubContext } from '../../support/stub-azure.ts';

/** What the conversation did with a sentence. */
export interface Heard {
  /** What was shown, drawn by nobody. */
  readonly screens: readonly Screen[];
  /** The activities beside the cards' contents. */
  readonly activities: readonly Partial<Activity>[];
  /** Reads that were answered, and changes that were proposed or planned. */
  readonly done: readonly Done[];
}

export interface Done {
  readonly how: 'read' | 'proposed' | 'planned';
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly reason?: string | undefined;
  readonly locale?: string | undefined;
}

/** A conversation of its own over the real recognizer and dialogs: reads and runs are noted instead of carried out. */
export interface Conversation {
  say(text: string, by?: Partial<Speaker>): Promise<Heard>;
  /** The words of a screen, in a language. */
  words(screen: Screen | undefined, locale?: string): string;
  pass(minutes: number): void;
  readonly talk: Talk;
}

interface Speaker {
  readonly oid: string;
  readonly locale: string;
  readonly kind: Person['conversationKind'];
  readonly timeZone: string;
}

export interface ConversationOptions {
  readonly storage?: Storage;
  readonly runs?: Partial<RunService>;
  readonly operations?: readonly Operation[];
  readonly names?: NameIndex;
  /** What the bot is to say by itself; nothing when not given. */
  readonly standing?: Partial<Standing>;
  /** Newest first. */
  readonly recent?: readonly RunSummary[];
  readonly awaiting?: readonly RunSummary[];
}

const recognizer = createRecognizer(all);
const speech = createSpeech(all);
const readAnswer = answerReader();

/** Starts a conversation with nothing said. */
export function startConversation(options: ConversationOptions = {}): Conversation {
  const done: Done[] = [];
  const storage = options.storage ?? new MemoryStorage();
  let now = new Date('2026-11-21T13:02:00Z');
  const ownLanguage = new OwnLanguage(storage, () => now);
  const note = (how: Done['how'], { operation, parameters, reason, reader }: Proposal) => {
    done.push({ how, operation, parameters, reason, locale: reader.locale });
  };
  const runs: Partial<RunService> = {
    propose: async (proposal) => {
      note('proposed', proposal);
      return {} as Run;
    },
    plan: async (proposal) => {
      note('planned', proposal);
      const preview = { sentence: { message: 'x' }, facts: [], resources: [], measured: {} };
      return { preview, findings: [], requirement: { confirmation: 'click', approvals: 0 } };
    },
    assertStartable: async () => undefined,
    find: async () => undefined,
    awaitingConfirmation: async () => undefined,
    ...options.runs,
  };
  const talk = new Talk({
    operations: (options.operations ?? all).map((operation) => noted(operation, done)),
    speech,
    recognizer,
    readAnswer,
    names: async () => options.names ?? names,
    contextFor: (actor, reader) => ({
      ...stubContext(
        {},
        {
          recent: async () => options.recent ?? [],
          awaitingApproval: async () => options.awaiting ?? [],
          leftOpen: async () => [],
          owedReview: async () => [],
        },
      ),
      actor,
      reader,
    }),
    runs: () => runs as RunService,
    announce: async () => undefined,
    watch: async () => true,
    standing: { ...options.standing } as Standing,
    draw: (screen) => ({ contentType: 'screen', content: screen }),
    storage,
    ownLanguage,
    now: () => now,
    newId: () => String(done.length),
  });
  return {
    talk,
    say: async (text, by = {}) => {
      const speaker = { oid: 'ana', locale: 'en', kind: 'personal', timeZone: 'UTC', ...by } as const;
      const own = await ownLanguage.of({ tenantId: 'tenant', oid: speaker.oid, name: '' });
      return await said(talk, text, { ...speaker, locale: localeFor(own, speaker.locale) }, done);
    },
    words: (screen, locale = 'en') => {
      const speak = speech.speakerFor({ locale, timeZone: 'UTC', now });
      return JSON.stringify(screen ?? null, (_, value: unknown) =>
        typeof value === 'object' && value !== null && 'message' in value ? speak(value as never) : value,
      );
    },
    pass: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
  };
}

function noted(operation: Operation, done: Done[]): Operation {
  if (operation.risk !== 'read') return operation;
  return {
    ...operation,
    rights: async () => [],
    answer: async (_, parameters) => {
      done.push({ how: 'read', operation: operation.id, parameters });
      return { title: operation.id, tone: 'neutral' };
    },
  };
}

async function said(talk: Talk, text: string, { oid, locale, kind, timeZone }: Speaker, done: Done[]): Promise<Heard> {
  const before = done.length;
  const adapter = new TestAdapter(async (turn) => {
    const actor = { tenantId: 'tenant', oid, name: oid };
    await talk.message(turn, {
      actor,
      reader: { locale, timeZone },
      conversationId: 'c',
      conversationKind: kind,
    });
  });
  await adapter
    .send({
      type: 'message',
      text,
      locale,
      channelId: 'msteams',
      from: { id: oid, name: oid },
      conversation: conversationOf(kind),
    })
    .startTest();
  const activities = adapter.activeQueue.filter(({ type }) => type === 'message');
  const screens = activities.flatMap(({ attachments }) => attachments ?? []).map(({ content }) => content as Screen);
  return { screens, activities, done: done.slice(before) };
}

function conversationOf(kind: Person['conversationKind']) {
  return { id: 'c', name: 'c', isGroup: kind !== 'personal', conversationType: kind };
}
