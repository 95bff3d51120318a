import type { TurnContext } from 'botbuilder';
import type { Said } from '../language/recognize.ts';
import { say, type Text } from '../message.ts';
import type { Risk } from '../operations/operation.ts';
import type { ParameterInfo } from '../operations/parameters.ts';
import type { Choice, Question } from '../operations/screen.ts';
import { choiceCalled, choiceNamed, labelsFor } from './labels.ts';
import type { TalkOptions } from './options.ts';
import { replace, show } from './show.ts';
import { turnOf } from './turn.ts';

/** A question that is out. It is stored with the dialog, so that an answer after a restart still finds it. */
export interface Asked {
  readonly id: string;
  readonly parameter: string;
  readonly title: Text;
  readonly lead?: Text;
  readonly choices: readonly Choice[];
  readonly messageId?: string;
}

/** A question before it is sent. */
export function newQuestion(options: TalkOptions, question: Omit<Asked, 'id' | 'messageId'>): Asked {
  return { ...question, id: options.newId() };
}

/**
 * Sends the question as a card; its choices are numbered, so that a number typed is an answer. The state is written first: a question that
 * somebody has seen is known after a crash. Returns the id of the message, by which the card loses its buttons later.
 */
export async function send(options: TalkOptions, context: TurnContext, asked: Asked): Promise<string | undefined> {
  const { person, save } = turnOf(context);
  await save();
  return await show(options, context, person.reader, { screen: 'question', question: drawn(asked) });
}

/** Takes the buttons off a question that has been answered, for everybody who sees it. */
export async function answered(
  options: TalkOptions,
  context: TurnContext,
  { asked, chosen }: { readonly asked: Asked; readonly chosen?: unknown },
): Promise<void> {
  if (asked.messageId === undefined) return;
  const question: Question = { ...drawn(asked), answered: answerText(context, asked, chosen) };
  await replace(options, context, turnOf(context).person.reader, {
    id: asked.messageId,
    screen: { screen: 'question', question },
  });
}

/** The line that was taken, however it was said. */
function answerText(context: TurnContext, { choices }: Asked, chosen: unknown): Text {
  const { answer } = turnOf(context);
  const line = choices.find(({ value }) => value === chosen);
  return line?.title ?? ('words' in answer ? answer.words : '');
}

function drawn(asked: Omit<Asked, 'messageId'>): Question {
  const hint = asked.choices.length > 0 ? say('dialog.hint-number') : say('dialog.hint-words');
  return {
    id: asked.id,
    title: asked.title,
    ...(asked.lead !== undefined && { lead: asked.lead }),
    choices: asked.choices,
    hint,
  };
}

/**
 * What the answer stands for: a choice, by its number or its label, or words that the recognizer reads as a parameter of that kind.
 * Undefined when it answers another question, or nothing.
 */
export async function readAnswer(
  options: TalkOptions,
  context: TurnContext,
  { asked, info, risk }: { readonly asked: Asked; readonly info: ParameterInfo; readonly risk: Risk },
): Promise<{ readonly value: unknown } | { readonly said: Said } | undefined> {
  const { answer, person } = turnOf(context);
  if (!('words' in answer)) return answer.question === asked.id ? asked.choices[answer.index] : undefined;
  const { choices } = asked;
  const labels = labelsFor(options.speech, person.reader, options.now());
  const shown = choices[numberIn(answer.words) - 1] ?? choiceCalled({ choices, labels }, answer.words);
  if (shown !== undefined) return shown;
  const said = options.readAnswer(info.kind, answer.words, {
    ...person.reader,
    now: options.now(),
    names: await options.names(),
  });
  if (said?.kind === 'number') return choices[Number(said.value) - 1];
  if (said?.value !== undefined) return { said };
  return choiceNamed({ choices, labels }, answer.words, risk) ?? (said && { said });
}

/** Whether what was typed is just what a line of the question reads. */
export function isLabel(options: TalkOptions, context: TurnContext, asked: Pick<Asked, 'choices'>): boolean {
  const { answer, person } = turnOf(context);
  const labels = labelsFor(options.speech, person.reader, options.now());
  return 'words' in answer && choiceCalled({ choices: asked.choices, labels }, answer.words) !== undefined;
}

/** 0 when they are no number. */
function numberIn(words: string): number {
  return Number(/^\s*(\d{1,3})\s*[.)]?\s*$/.exec(words)?.[1] ?? 0);
}
