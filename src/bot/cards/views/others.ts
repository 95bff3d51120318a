import type { Choice, Notice, Question } from '../../../operations/screen.ts';
import { shown } from '../limits.ts';
import { signOf } from '../signs.ts';
import type { Words } from '../words.ts';
import { factsView, foldedRows, optional, suggestionsView, tapView, titleView } from './common.ts';

/** What `question.json` binds. Answered: the choices are gone, the answer stands there. */
export function questionView(words: Words, question: Question) {
  const open = question.answered === undefined;
  const { rows, more } = shown(open ? question.choices : [], words.limits.rows);
  const { sign, color } = signOf('good');
  const choices = rows.map((choice, index) => choiceView(words, { question, choice, number: index + 1 }));
  const folding = foldedRows(words, choices, more);
  return {
    title: words.marked(question.title),
    lead: open ? optional(words, question.lead) : '',
    choices: folding.open,
    folded: folding.folded.map(({ rows: hidden, ...fold }) => ({ ...fold, choices: hidden })),
    lines: question.answered === undefined ? [] : [{ sign, color, text: words.marked(question.answered) }],
    typed: open ? howToAnswer(words, question) : '',
  };
}

/** What `notice.json` binds. */
export function noticeView(words: Words, notice: Notice) {
  const lines = (notice.numbered ?? []).map((text, at) => ({
    sign: String(at + 1),
    color: 'Default',
    text: words.marked(text),
  }));
  return {
    header: titleView(words, notice, 'Medium'),
    facts: factsView(words, notice.facts ?? []),
    lines,
    buttons: suggestionsView(words, notice.suggestions),
  };
}

function choiceView(words: Words, at: { question: Question; choice: Choice; number: number }) {
  const { question, choice, number } = at;
  return {
    number: String(number),
    title: words.marked(choice.title),
    details: choice.details === undefined ? [] : [{ text: words.marked(choice.details) }],
    sign: '',
    color: 'Default',
    opens: tapView(words.plain(choice.title), 'choose', { question: question.id, choice: number }),
  };
}

function howToAnswer(words: Words, question: Question): string {
  if (question.hint !== undefined) return optional(words, question.hint);
  return question.choices.length > 0 ? words.own('choose-by-number') : '';
}
