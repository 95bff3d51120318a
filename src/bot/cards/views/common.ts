import type { Text } from '../../../message.ts';
import type { Fact, Suggestion, Tone, Wish } from '../../../operations/screen.ts';
import { shown } from '../limits.ts';
import { signOf } from '../signs.ts';
import type { Words } from '../words.ts';

/** A button as the templates bind it. */
export interface ButtonView {
  readonly title: string;
  readonly verb: string;
  readonly data: unknown;
  readonly style: 'default' | 'positive' | 'destructive';
  /** Whether the inputs of the card come along. */
  readonly inputs: 'auto' | 'none';
}

/** Most buttons on one level: more are hidden behind "…" on phones. */
const maxButtons = 3;

/** A line of its own under something: `[]` draws nothing. */
export type LinesView = readonly { readonly text: string }[];

/** The heading of a card that is not a run's. */
export function titleView(words: Words, said: { title: Text; tone: Tone; lead?: Text }, size: 'Medium' | 'Large') {
  const { sign, color, style } = signOf(said.tone);
  return { sign, color, style, size, title: words.marked(said.title), lead: optional(words, said.lead) };
}

/** Label and value, with a last line saying how many are not shown. */
export function factsView(words: Words, facts: readonly Fact[]) {
  const { rows, more } = shown(facts, words.limits.rows);
  const views = rows.map(({ label, value }) => ({ title: words.marked(label), value: words.marked(value) }));
  return more === 0 ? views : [...views, { title: '…', value: words.own('more', { count: more }) }];
}

/** "and 12 more", or nothing. */
export function moreView(words: Words, more: number): LinesView {
  return more === 0 ? [] : [{ text: words.own('more', { count: more }) }];
}

/** Rows on one phone screen; the others are folded away under a button. */
const openRows = 8;

/** What is shown at once, and what "Show 16 more" shows, with a last line about what the card cannot hold. */
export function foldedRows<T>(words: Words, rows: readonly T[], more: number) {
  const open = shown(rows, openRows).rows;
  const hidden = rows.slice(open.length);
  if (hidden.length === 0 && more === 0) return { open, folded: [] };
  const title = words.label(hidden.length === 0 ? 'more' : 'show-more', { count: hidden.length || more });
  return { open, folded: [{ title, rows: hidden, more: hidden.length === 0 ? [] : moreView(words, more) }] };
}

/** Small print, each on a line of its own. */
export function notesView(words: Words, notes: readonly Text[] | undefined): LinesView {
  return shown(notes ?? [], words.limits.rows).rows.map((note) => ({ text: words.marked(note) }));
}

/** The first three follow-ups as buttons. */
export function suggestionsView(words: Words, suggestions: readonly Suggestion[] | undefined): ButtonView[] {
  return (suggestions ?? []).slice(0, maxButtons).map(({ title, wish }) => wishButton(words.plain(title), wish));
}

/** A button that asks for something as a typed sentence would. */
export function wishButton(title: string, wish: Wish): ButtonView {
  return { title, verb: 'wish', data: packed(wish), style: 'default', inputs: 'none' };
}

/** A tap on a row; null draws none. */
export function tapView(title: string, verb: 'wish' | 'choose', data: object) {
  return { type: 'Action.Execute', title, verb, data: packed(data), associatedInputs: 'none' };
}

/** The words, or nothing. */
export function optional(words: Words, text: Text | undefined): string {
  return text === undefined ? '' : words.marked(text);
}

/**
 * Data of an action that holds `${` (a person's own words) goes as base64url: no card of ours may hold an expression,
 * and what is sent back must be what was there. `unpacked` reads both forms.
 */
export function packed(data: object): object {
  const json = JSON.stringify(data);
  return json.includes('${') ? { packed: Buffer.from(json).toString('base64url') } : data;
}

/** The data of an action as it was before `packed`; what cannot be read comes back as it is. */
export function unpacked(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('packed' in data) || typeof data.packed !== 'string') return data;
  try {
    return JSON.parse(Buffer.from(data.packed, 'base64url').toString()) as unknown;
  } catch {
    return data;
  }
}
