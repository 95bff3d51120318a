import { ActivityTypes, type TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import { z } from 'zod';
import { asCatalogueError, CatalogueError } from '../errors.ts';
import type { Understanding } from '../language/recognize.ts';
import { say, type Text } from '../message.ts';
import type { MadeFile, Screen } from '../operations/screen.ts';
import { awaitsComment, DecisionDialog, leavesComment } from './decision-dialog.ts';
import { makeFile } from './finish.ts';
import { begun, repeated } from './follow-up.ts';
import { DialogContextError, DialogSet } from './framework.ts';
import { type LastRequest, Memory } from './memory.ts';
import { asksForWords, OperationDialog, operationDialogId, saysLine } from './operation-dialog.ts';
import type { Person, TalkOptions } from './options.ts';
import { tellsPoint } from './point-asked.ts';
import { noticeOf, show } from './show.ts';
import { saidIn, standingWords } from './standing-words.ts';
import { givenReader, type Start, startOf, wishOf } from './start.ts';
import { type Turn, turnOf, withTurn } from './turn.ts';
import type { Said, WordContext } from './word.ts';
import { tellingWords, words } from './words.ts';

const wishShape = z.object({ operation: z.string().max(100), parameters: z.record(z.string(), z.unknown()) });
const typingAfterMilliseconds = 300;
/** From here on a sentence says a request nearly in the words of one of its phrases. */
const certain = 0.9;
/** Counted from 1, as it is shown and typed. */
const choiceOf = z.object({ question: z.string().max(100), choice: z.int().min(1).max(999) });

/** The conversation: what a person types or clicks becomes an answer, a question back, or a run. The chat edge calls it one turn at a time per conversation. */
export class Talk {
  readonly #options: TalkOptions;
  readonly #memory: Memory;
  readonly #dialogs: DialogSet;
  readonly #givenOf: ReturnType<typeof givenReader>;

  constructor(options: TalkOptions) {
    this.#options = options;
    this.#memory = new Memory(options.storage, options.now);
    this.#givenOf = givenReader(options.operations);
    this.#dialogs = new DialogSet(this.#memory.dialogs);
    this.#dialogs.add(new OperationDialog(options));
    this.#dialogs.add(new DecisionDialog(options));
  }

  /** A typed message, its mention of the bot already removed. */
  async message(turn: TurnContext, person: Person): Promise<void> {
    const text = turn.activity.text ?? '';
    await this.#within(turn, person, { words: text }, async (dialogs) => {
      await typing(turn, async () => {
        const names = await this.#options.names();
        const last = (await this.#memory.recall(turn))?.last;
        const understood = this.#options.recognizer.understand(text, {
          ...person.reader,
          now: this.#options.now(),
          names,
          it: last?.subject?.name,
        });
        await this.#follow(dialogs, person, { understood, last });
      });
    });
  }

  /** A button of a card other than a decision about a run. What it returns is shown to the one who clicked. */
  async action(
    turn: TurnContext,
    person: Person,
    action: { readonly verb: 'wish' | 'choose'; readonly data: unknown },
  ): Promise<Screen | string> {
    const speak = this.#options.speech.speakerFor({ ...person.reader, now: this.#options.now() });
    if (action.verb === 'choose') {
      const mine = await this.#choose(turn, person, choiceOf.parse(action.data));
      return speak(say(mine ? 'dialog.chosen' : 'dialog.stale-question'));
    }
    const wish = wishShape.parse(action.data);
    await this.#within(turn, person, { words: '' }, (dialogs) => this.#begin(dialogs, startOf(wish)));
    return speak(say('dialog.answered-below'));
  }

  /** The file that a person has taken up; undefined: there is none, and they were told why. */
  async file(turn: TurnContext, person: Person, wish: unknown): Promise<MadeFile | undefined> {
    const { operation: id, parameters } = wishShape.safeParse(wish).data ?? { operation: '', parameters: {} };
    const context = this.#options.contextFor(person.actor, person.reader);
    try {
      return await makeFile(
        context,
        this.#options.operations.find((operation) => operation.id === id),
        parameters,
      );
    } catch (error) {
      await this.#tell(turn, person, error);
      await this.#memory.save(turn);
      return undefined;
    }
  }

  /** Keeps a refusal that a card has told, so that "why" knows of it. */
  async refused(turn: TurnContext, refusal: { readonly why: Text; readonly advice: Text }): Promise<void> {
    await this.#memory.remember(turn, { numbered: [], refusal });
    await this.#memory.save(turn);
  }

  /** Greets a person or a group that has just met the bot. */
  async welcome(turn: TurnContext, person: Person | undefined): Promise<void> {
    const reader = person?.reader ?? { locale: turn.activity.locale ?? 'en', timeZone: 'UTC' };
    const suggestions = [
      {
        title: say('protection.list-unprotected.example'),
        wish: { operation: 'protection.list-unprotected', parameters: {} },
      },
    ];
    await show(this.#options, turn, reader, {
      screen: 'notice',
      notice: { tone: 'neutral', title: say('dialog.welcome'), lead: say('dialog.welcome-lead'), suggestions },
    });
  }

  /** Whether the question was this person's own, and open. */
  async #choose(turn: TurnContext, person: Person, { question, choice }: z.infer<typeof choiceOf>): Promise<boolean> {
    let mine = false;
    await this.#within(turn, person, { question, index: choice - 1 }, async (dialogs) => {
      mine = asks(dialogs, question);
      if (mine) await dialogs.continueDialog();
    });
    return mine;
  }

  /** One turn: state is loaded before and written after, and whatever goes wrong is told. */
  async #within(
    turn: TurnContext,
    person: Person,
    answer: Turn['answer'],
    work: (dialogs: DialogContext) => Promise<unknown>,
  ): Promise<void> {
    withTurn(turn, {
      person,
      answer,
      save: () => this.#memory.save(turn),
      remember: (what) => this.#memory.remember(turn, what),
      note: (request) => this.#memory.note(turn, request),
    });
    const dialogs = await this.#dialogs.createContext(turn);
    try {
      await work(dialogs);
    } catch (error) {
      await dialogs.cancelAllDialogs();
      await this.#tell(turn, person, error instanceof DialogContextError ? error.error : error);
    }
    await this.#memory.save(turn);
  }

  /** What we do not know is for the edge to tell, with a reference to the log. */
  async #tell(turn: TurnContext, person: Person, error: unknown): Promise<void> {
    if (asCatalogueError(error).kind === 'internal') throw error;
    const notice = noticeOf(error);
    await show(this.#options, turn, person.reader, { screen: 'notice', notice });
    await this.#memory.remember(turn, { numbered: [], refusal: { why: notice.title, advice: notice.lead ?? '' } });
  }

  /** An answer to an open question goes to it; a new request replaces it; a word is a word. */
  async #follow(dialogs: DialogContext, person: Person, { understood, last }: Heard): Promise<void> {
    if (awaitsComment(dialogs) && !leavesComment(understood)) return void (await dialogs.continueDialog());
    if (saysLine(this.#options, dialogs, understood)) return void (await dialogs.continueDialog());
    if (await tellsPoint(this.#options, dialogs, { person, understood })) return void (await dialogs.continueDialog());
    const word = words[understood.operation ?? ''];
    if (word !== undefined && !(understood.operation === 'choice' && dialogs.activeDialog !== undefined))
      return await word(this.#wordContext(dialogs, person, understood));
    if (this.#isAnswer(dialogs, understood)) return void (await dialogs.continueDialog());
    const again = understood.leans === 'name' ? this.#again(last, understood.parameters) : undefined;
    if (again !== undefined) return await this.#goOn(dialogs, person, { understood, again });
    const operation = this.#options.operations.find(({ id }) => id === understood.operation);
    if (operation !== undefined) return await this.#begin(dialogs, begun(understood, operation, last));
    await this.#askBack(dialogs.context, person, understood);
  }

  /** What is asked for in words takes words, also such as resemble a request ("the ERP works there"), unless they are one for certain, of things that exist. */
  #isAnswer(dialogs: DialogContext, { operation, confidence, parameters }: Understanding): boolean {
    if (dialogs.activeDialog === undefined) return false;
    if ((operation ?? 'choice') === 'choice') return true;
    const isCertain = confidence >= certain && Object.values(parameters).every(({ value }) => value !== undefined);
    return !isCertain && asksForWords(this.#options, dialogs);
  }

  /** The last request for something else, if it was about such a thing. */
  #again(last: LastRequest | undefined, said: Said): Start | undefined {
    const operation = this.#options.operations.find(({ id }) => id === last?.operation);
    return last && operation && repeated(last, operation, said);
  }

  /** "And web-prod-02?" reads on as before; whether it is to be changed as well is asked. */
  async #goOn(
    dialogs: DialogContext,
    person: Person,
    { understood, again }: { readonly understood: Understanding; readonly again: Start },
  ): Promise<void> {
    if (this.#options.operations.some(({ id, risk }) => id === again.operation && risk === 'read'))
      return await this.#begin(dialogs, again);
    const { vm } = understood.parameters;
    const read: Start[] =
      vm === undefined ? [] : [{ operation: 'protection.show', said: { vm }, given: {}, dryRun: false }];
    await this.#offer(dialogs.context, person, { title: say('dialog.and-what'), starts: [again, ...read] });
  }

  #wordContext(
    dialogs: DialogContext,
    person: Person,
    understood: Pick<Understanding, 'parameters' | 'alternatives'>,
  ): WordContext {
    const said: Said = understood.parameters;
    return {
      options: this.#options,
      dialogs,
      person,
      said,
      alternatives: understood.alternatives,
      recall: () => this.#memory.recall(dialogs.context),
      begin: (start) => this.#begin(dialogs, start),
      again: async () => this.#again((await this.#memory.recall(dialogs.context))?.last, said),
    };
  }

  /** Of a word that a button or a number of a list says. */
  #ownContext(dialogs: DialogContext, said: Said): WordContext {
    const { person } = turnOf(dialogs.context);
    return this.#wordContext(dialogs, person, { parameters: said, alternatives: [] });
  }

  async #begin(dialogs: DialogContext, start: Start): Promise<void> {
    const word = tellingWords.has(start.operation) ? words[start.operation] : standingWords[start.operation];
    if (word !== undefined) return await word(this.#ownContext(dialogs, saidIn(start)));
    const given = this.#givenOf(start);
    if (given === undefined) throw new CatalogueError('not-understood');
    await dialogs.cancelAllDialogs();
    await dialogs.beginDialog(operationDialogId, { ...start, given });
  }

  /** Says that nothing was done and what may have been meant; a number takes one of them up, with all that was said. */
  async #askBack(turn: TurnContext, person: Person, understood: Understanding): Promise<void> {
    const { alternatives, parameters, dryRun } = understood;
    await this.#offer(turn, person, {
      title: understood.ask ?? say('error.not-understood'),
      starts: alternatives.map((operation) => ({ operation, said: parameters, given: {}, dryRun })),
    });
  }

  /** Several requests to choose from, by their numbers. */
  async #offer(
    turn: TurnContext,
    person: Person,
    { title, starts }: { readonly title: Text; readonly starts: readonly Start[] },
  ): Promise<void> {
    const numbered = starts.map(({ operation: id }) =>
      say('dialog.did-you-mean', { does: say(`${id}.does`), example: say(`${id}.example`) }),
    );
    const suggestions = starts.map((start) => ({ title: say(`${start.operation}.title`), wish: wishOf(start) }));
    await show(this.#options, turn, person.reader, {
      screen: 'notice',
      notice: {
        tone: 'neutral',
        title,
        ...(numbered.length > 0 && { lead: say('dialog.see-help') }),
        numbered,
        // A button says what is certain; a plan is asked for by its number.
        ...(starts.every(({ dryRun }) => !dryRun) && { suggestions }),
      },
    });
    await this.#memory.remember(turn, { numbered: starts });
  }
}

interface Heard {
  readonly understood: Understanding;
  readonly last: LastRequest | undefined;
}

/** Whoever waits sees that the bot is at it; a quick answer is spared the call. */
async function typing(turn: TurnContext, work: () => Promise<unknown>): Promise<void> {
  const timer = setTimeout(() => {
    turn.sendActivity({ type: ActivityTypes.Typing }).catch(() => undefined);
  }, typingAfterMilliseconds);
  try {
    await work();
  } finally {
    clearTimeout(timer);
  }
}

const asking = z.object({ asked: z.object({ id: z.string() }) });

function asks(dialogs: DialogContext, question: string): boolean {
  const state = asking.safeParse(dialogs.activeDialog?.state);
  return state.success && state.data.asked.id === question;
}
