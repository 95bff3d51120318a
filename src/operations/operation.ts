import type { z } from 'zod';
import type { Right } from '../azure/ports.ts';
import type { JobProgress, JobRef } from '../azure/types.ts';
import type { Message } from '../message.ts';
import type { ApprovedPlan } from './by-hand.ts';
import type { Context } from './context.ts';
import type { LeftOpen } from './left-open.ts';
import type { Answer, Choice, Finding, MadeFile, Outcome, Preview, Suggestion, Wish } from './screen.ts';

/** What somebody may have in mind when they ask for help, in the order in which help lists it. */
export const intentions = ['down', 'before-change', 'after-drill', 'protected', 'daily', 'approvals'] as const;

export type Intention = (typeof intentions)[number];

/** What an operation could do to somebody: it decides who must agree. */
export type Risk = 'read' | 'reversible' | 'disruptive' | 'destructive';

/** The languages that every operation speaks in its own file. A further language is a folder of `locales/`. */
export type OwnLocale = 'en' | 'pt-BR' | 'it';

/**
 * The texts of one operation in one language. `phrases` hold slots in braces: `back up {vm}`; messages are ICU, known as `<operation id>.<key>`.
 * `does` completes "To …" on the help card.
 */
export interface OperationTexts {
  readonly title: string;
  readonly does: string;
  readonly example: string;
  readonly phrases: readonly string[];
  /** Phrases that say the value of a parameter as well: parameter → value → phrases. */
  readonly phrasesOf?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly messages: Readonly<Record<string, string>>;
}

interface OperationBase<P> {
  /** `noun.verb`, from the table of DESIGN 5. */
  readonly id: string;
  /** The part of the product that it belongs to. */
  readonly area: 'status' | 'backup' | 'snapshots' | 'recovery' | 'runs';
  /** Under which intentions help lists it; absent: under the one of its area. */
  readonly intentions?: readonly Intention[];
  readonly texts: Readonly<Record<OwnLocale, OperationTexts>>;
  /** Every field is one of `parameters.ts`, so that the recognizer, the dialog and the docs know what it is. */
  readonly parameters: z.ZodObject;
  /** What requester and approver must hold in Azure: `actions` for docs and the custom role, `rights` at the scopes that the parameters name. */
  readonly actions: readonly string[];
  rights(context: Context, parameters: P): Promise<readonly Right[]>;
  /** Values for what was not given and needs no asking; they are shown in the preview and frozen with the run. */
  defaults?(context: Context, given: Partial<P>): Promise<Partial<P>>;
  /** Choices for a parameter that was not given; undefined: ask for it in words. */
  choices?(context: Context, parameter: string, given: Partial<P>): Promise<readonly Choice[] | undefined>;
}

/** An operation that only reads: it answers in the turn. */
export interface ReadingOperation<P = Record<string, unknown>> extends OperationBase<P> {
  readonly risk: 'read';
  answer(context: Context, parameters: P): Promise<Answer>;
  /** The file that its answer offers, with all that the person may see. */
  file?(context: Context, parameters: P): Promise<MadeFile>;
}

/** What a run hands to its operation: enough to name things after it and to find them again. */
export interface Execution {
  readonly runId: string;
  readonly code: string;
  /** Goes to Azure as x-ms-client-request-id; the same for every try of this run. */
  readonly clientRequestId: string;
  /** When "starting" was written: Azure's record of our request cannot be older. */
  readonly startingAt: string;
  readonly requester: { readonly oid: string; readonly name: string };
}

/** An operation that changes something in Azure: it becomes a run. */
export interface ChangingOperation<P = Record<string, unknown>> extends OperationBase<P> {
  readonly risk: Exclude<Risk, 'read'>;
  /** ARM ids that no two runs may hold at once. The first one names the run. */
  targets(parameters: P): readonly string[];
  preview(context: Context, parameters: P): Promise<Preview>;
  checks(context: Context, parameters: P, preview: Preview): Promise<readonly Finding[]>;
  /** Called at most once per run, unless `findSubmitted` proves that Azure has nothing from it. */
  submit(context: Context, parameters: P, execution: Execution): Promise<JobRef>;
  /** After a crash between the call and its note: what Azure's own records say. `unclear` sends the run to a person. */
  findSubmitted(context: Context, parameters: P, execution: Execution): Promise<JobRef | 'nothing' | 'unclear'>;
  /**
   * After Azure has said “later” it is sent again without a look at Azure's records: they tell nothing of it, or Azure itself refuses a second one. Absent:
   * somebody may have done it by hand meanwhile, so `findSubmitted` is asked first.
   */
  readonly sentAgainUnlooked?: true;
  /**
   * The next step of a run that takes several, asked when a step's job has succeeded: sends it, and returns its record; undefined when nothing is left.
   * It goes by what Azure has and not by what was sent before, so that it may be asked twice (after a crash) without doing anything twice.
   */
  advance?(context: Context, parameters: P, execution: Execution): Promise<JobRef | undefined>;
  result(context: Context, parameters: P, execution: Execution, progress: JobProgress): Promise<Outcome>;
  /**
   * What only the requester may see of a run that has succeeded, such as a script and its password. It is read from Azure for one answer to one click
   * in their own chat, and goes nowhere else (DESIGN 8). An outcome with `reveals` offers it.
   */
  reveal?(context: Context, parameters: P, job: JobRef): Promise<Answer>;
  /**
   * What a run that succeeded can still be undone by: the message `<id>.undo` says how, and these begin it (none: by hand, or by itself).
   * Absent: nothing undoes it.
   */
  undo?(parameters: P): readonly Wish[];
  /**
   * The same by hand: commands of `az` for bash, with real ids and nothing secret. It asks nobody, because Azure may be away;
   * what only Azure knows the commands ask it themselves. Empty: the plan lacks what they need, as one that was kept before they were written.
   */
  byHand(plan: ApprovedPlan<P>): readonly string[];
  /** What can be done after this run. */
  next(parameters: P): readonly Suggestion[];
  /** What a run leaves open in Azure, and how people are reminded of it. */
  readonly leftOpen?: LeftOpen<P>;
}

export type Operation = ReadingOperation | ChangingOperation;

/** Writes down a reading operation with its parameters' types; the registry sees it without them, and only ever calls it with parsed parameters. */
export function reading<S extends z.ZodObject>(
  operation: ReadingOperation<z.infer<S>> & { readonly parameters: S },
): ReadingOperation {
  return operation;
}

/** Writes down a changing operation; see `reading`. */
export function changing<S extends z.ZodObject>(
  operation: ChangingOperation<z.infer<S>> & { readonly parameters: S },
): ChangingOperation {
  return operation;
}

const intentionOfArea: Readonly<Record<Operation['area'], Intention>> = {
  status: 'daily',
  backup: 'protected',
  snapshots: 'before-change',
  recovery: 'down',
  runs: 'approvals',
};

/** Where help lists an operation: at least one place, so that every operation is found. */
export function intentionsOf({ area, intentions: own }: Pick<Operation, 'area' | 'intentions'>): readonly Intention[] {
  return own === undefined || own.length === 0 ? [intentionOfArea[area]] : own;
}

/** Whether an operation becomes a run. */
export function isChanging(operation: Operation): operation is ChangingOperation {
  return operation.risk !== 'read';
}

/** A message of an operation's own: `own(id)('preview', {...})` names `backup.start.preview`. */
export function own(operationId: string) {
  return (key: string, values: NonNullable<Message['values']> = {}): Message => ({
    message: `${operationId}.${key}`,
    values,
  });
}
