import type { DialogContext, DialogTurnResult } from 'botbuilder-dialogs';
import { CatalogueError } from '../errors.ts';
import type { Said, Understanding } from '../language/recognize.ts';
import type { Context } from '../operations/context.ts';
import { isChanging, type Operation } from '../operations/operation.ts';
import { type ParameterInfo, parametersOf } from '../operations/parameters.ts';
import { type Asked, answered, isLabel, newQuestion, readAnswer, send } from './asking.ts';
import { finish, proposalOf } from './finish.ts';
import { subjectOf } from './follow-up.ts';
import { Dialog } from './framework.ts';
import { labelsFor } from './labels.ts';
import type { TalkOptions } from './options.ts';
import { meaningChosen } from './points.ts';
import { notAmong, resolve } from './resolve.ts';
import { turnOf } from './turn.ts';

export const operationDialogId = 'operation';

/** Stored between turns: plain JSON. */
interface State {
  operation: string;
  said: Record<string, Said>;
  given: Record<string, unknown>;
  dryRun: boolean;
  asked?: Asked;
}

/**
 * The one dialog of the product. It asks for what the operation's schema still lacks, one parameter at a time, with choices from Azure,
 * and hands the complete request over: a read is answered, a change becomes a run. It decides nothing.
 */
export class OperationDialog extends Dialog {
  readonly #options: TalkOptions;
  readonly #operations: ReadonlyMap<string, Operation>;

  constructor(options: TalkOptions) {
    super(operationDialogId);
    this.#options = options;
    this.#operations = new Map(options.operations.map((operation) => [operation.id, operation]));
  }

  override async beginDialog(dialogs: DialogContext, start?: object): Promise<DialogTurnResult> {
    const state = stateOf(dialogs);
    Object.assign(state, structuredClone(start));
    const operation = this.#operationOf(state);
    if (isChanging(operation))
      await this.#options.runs().assertStartable(proposalOf(dialogs.context, operation, state.given));
    return await this.#advance(dialogs, state);
  }

  override async continueDialog(dialogs: DialogContext): Promise<DialogTurnResult> {
    const state = stateOf(dialogs);
    const { asked } = state;
    const info = this.#parameters(state).find((candidate) => candidate.name === asked?.parameter);
    if (asked === undefined || info === undefined) return await dialogs.endDialog();
    const { risk } = this.#operationOf(state);
    const answer = await readAnswer(this.#options, dialogs.context, { asked, info, risk });
    if (answer === undefined) return await this.#askAgain(dialogs, state, asked);
    const said = 'said' in answer ? answer.said : meaningChosen(state.said[info.name], answer.value);
    if (said !== undefined) state.said[info.name] = said;
    else if ('value' in answer) state.given[info.name] = answer.value;
    await answered(this.#options, dialogs.context, { asked, ...('value' in answer && { chosen: answer.value }) });
    return await this.#advance(dialogs, state);
  }

  async #advance(dialogs: DialogContext, state: State): Promise<DialogTurnResult> {
    delete state.asked;
    const { person } = turnOf(dialogs.context);
    const context = this.#options.contextFor(person.actor, person.reader);
    for (const info of this.#parameters(state)) {
      if (info.name in state.given) continue;
      const resolution = await resolve(context, {
        operation: this.#operationOf(state),
        info,
        said: state.said[info.name],
        given: state.given,
        labels: labelsFor(this.#options.speech, person.reader, this.#options.now()),
      });
      if (resolution.found === 'value') state.given[info.name] = resolution.value;
      if (resolution.found === 'question')
        return await this.#ask(dialogs, state, {
          parameter: info.name,
          title: resolution.title,
          ...(resolution.lead !== undefined && { lead: resolution.lead }),
          choices: resolution.choices,
        });
    }
    return await this.#finish(dialogs, state, context);
  }

  /** A value that does not fit is asked for again, and so is a reason that the policy wants; everything else that was said is kept. */
  async #finish(dialogs: DialogContext, state: State, context: Context): Promise<DialogTurnResult> {
    const { given, dryRun } = state;
    await this.#note(dialogs, state);
    try {
      await finish(this.#options, dialogs.context, { operation: this.#operationOf(state), given, dryRun, context });
    } catch (error) {
      const parameter = badParameter(error);
      if (!(error instanceof CatalogueError) || parameter === undefined) throw error;
      delete state.given[parameter];
      delete state.said[parameter];
      await turnOf(dialogs.context).remember({ numbered: [], refusal: { why: error.text, advice: error.advice } });
      return await this.#ask(dialogs, state, { parameter, title: error.text, lead: error.advice, choices: [] });
    }
    return await dialogs.endDialog();
  }

  /** A run is spoken of for what it is about. */
  async #note(dialogs: DialogContext, { operation, given, dryRun }: State): Promise<void> {
    const { person, note } = turnOf(dialogs.context);
    const own = subjectOf(this.#operationOf({ operation }), given);
    const run =
      own?.kind === 'run' ? await this.#options.runs().find(own.value.toUpperCase(), person.actor.tenantId) : undefined;
    const about = run === undefined ? undefined : this.#operations.get(run.operation);
    const subject = (run && about && subjectOf(about, run.parameters)) ?? own;
    await note({ operation, given, dryRun, ...(subject && { subject }) });
  }

  async #ask(
    dialogs: DialogContext,
    state: State,
    question: Omit<Asked, 'id' | 'messageId'>,
  ): Promise<DialogTurnResult> {
    const asked = newQuestion(this.#options, question);
    state.asked = asked;
    const messageId = await send(this.#options, dialogs.context, asked);
    if (messageId !== undefined) state.asked = { ...asked, messageId };
    return Dialog.EndOfTurn;
  }

  async #askAgain(dialogs: DialogContext, state: State, asked: Asked): Promise<DialogTurnResult> {
    const { answer } = turnOf(dialogs.context);
    const lead = 'words' in answer ? { lead: notAmong(answer.words, asked) } : {};
    return await this.#ask(dialogs, state, { ...asked, ...lead });
  }

  #operationOf(state: Pick<State, 'operation'>): Operation {
    const operation = this.#operations.get(state.operation);
    if (operation === undefined) throw new CatalogueError('not-understood');
    return operation;
  }

  #parameters(state: State): readonly ParameterInfo[] {
    const operation = this.#operationOf(state);
    return isChanging(operation) ? [...parametersOf(operation), reason] : parametersOf(operation);
  }
}

/** Whether the open question is for words of any kind, such as how a test went. */
export function asksForWords({ operations }: Pick<TalkOptions, 'operations'>, dialogs: DialogContext): boolean {
  if (dialogs.activeDialog?.id !== operationDialogId) return false;
  const { operation: id, asked } = stateOf(dialogs);
  const operation = operations.find((one) => one.id === id);
  const kind = operation && parametersOf(operation).find(({ name }) => name === asked?.parameter)?.kind;
  return kind === 'words' || kind === 'notes';
}

/** Whether words are a line of the open question: then they answer it, whatever else they could ask for. Only calling it off goes before. */
export function saysLine(options: TalkOptions, dialogs: DialogContext, { operation }: Understanding): boolean {
  const asked = dialogs.activeDialog?.id === operationDialogId ? stateOf(dialogs).asked : undefined;
  return (
    asked !== undefined && operation !== 'cancel' && operation !== 'decline' && isLabel(options, dialogs.context, asked)
  );
}

function stateOf(dialogs: DialogContext): State {
  return dialogs.activeDialog?.state as State;
}

/** Why a change is wanted: "because …" at the end of the sentence. It belongs to the run and not to the operation's parameters. */
const reason: ParameterInfo = { name: 'reason', kind: 'words', required: false };

/** The parameter that an error of input is about. */
function badParameter(error: unknown): string | undefined {
  if (!(error instanceof CatalogueError) || error.kind !== 'input') return undefined;
  if (error.code === 'reason-required') return reason.name;
  const { parameter } = error.values;
  return typeof parameter === 'string' ? parameter : undefined;
}
