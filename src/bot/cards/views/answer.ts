import type { Answer, ListItem, Section } from '../../../operations/screen.ts';
import { verbatim } from '../foreign.ts';
import { shown } from '../limits.ts';
import { signOf } from '../signs.ts';
import type { Words } from '../words.ts';
import { factsView, foldedRows, notesView, optional, suggestionsView, tapView, titleView } from './common.ts';

/** What `answer.json` and `list.json` bind; an answer with items is a list. */
export function answerView(words: Words, answer: Answer) {
  const { rows, more } = shown(answer.items ?? [], words.limits.rows);
  const numbered = (answer.items ?? []).some(({ opens }) => opens !== undefined);
  const items = rows.map((item, index) => ({ ...itemView(words, item, numberOf(rows, index)), separator: true }));
  const { open, folded } = foldedRows(words, items, more);
  return {
    header: titleView(words, answer, 'Large'),
    sections: shown(answer.sections ?? [], words.limits.rows).rows.map((section, at) => ({
      ...sectionView(words, section),
      separator: at > 0,
    })),
    items: open.map((item, at) => ({ ...item, separator: at > 0 })),
    folded: folded.map(({ rows: hidden, ...fold }) => ({ ...fold, items: hidden })),
    copied: (answer.copied ?? []).map((line) => ({ runs: verbatim(line).map((text) => ({ text })) })),
    typed: numbered && rows.length > 0 ? words.own('choose-by-number') : '',
    notes: notesView(words, answer.notes),
    buttons: suggestionsView(words, answer.suggestions),
  };
}

/** What is read out and shown where cards are not. */
export function answerSummary(words: Words, answer: Answer): string {
  return [words.plain(answer.title), answer.lead === undefined ? '' : words.plain(answer.lead)]
    .filter(Boolean)
    .join('. ');
}

/** Only lines that open something are counted, as in the conversation's memory of the list. */
function numberOf(items: readonly ListItem[], index: number): number | undefined {
  if (items[index]?.opens === undefined) return undefined;
  return items.slice(0, index + 1).filter(({ opens }) => opens !== undefined).length;
}

function sectionView(words: Words, section: Section) {
  const { sign, color } = signOf(section.tone);
  const lead = optional(words, section.lead);
  return { sign, color, title: words.marked(section.title), lead, facts: factsView(words, section.facts) };
}

function itemView(words: Words, item: ListItem, number: number | undefined) {
  const { sign, color } = item.tone === undefined ? { sign: '', color: 'Default' } : signOf(item.tone);
  return {
    number: number === undefined ? '' : String(number),
    title: words.marked(item.title),
    details: notesView(words, item.details),
    sign,
    color,
    opens: item.opens === undefined ? null : tapView(words.plain(item.title), 'wish', item.opens),
  };
}
