import { azureWords } from '../../../azure-words.ts';
import { type MessageValue, say, type Text } from '../../../message.ts';
import type { Run } from '../../../runs/run.ts';
import { shown } from '../limits.ts';
import type { Words } from '../words.ts';
import { type ButtonView, factsView, moreView, optional, suggestionsView, wishButton } from './common.ts';
import { endForms } from './run-forms.ts';
import { detailsView, refusalView, runHeader, stateWord, type Viewing } from './run-parts.ts';

/** What `run-result.json` binds: succeeded, failed, cancelled, needs-attention. */
export function resultView(words: Words, run: Run, viewing: Viewing) {
  return {
    refusal: refusalView(words, viewing),
    header: runHeader(words, run, outcomeSentence(words, run)),
    facts: [...factsView(words, run.outcome?.facts ?? []), ...endFacts(words, run)],
    left: leftToDo(words, run),
    forms: endForms(words, run),
    buttons: [...revealButtons(words, run, viewing), ...resultButtons(words, run)].slice(
      0,
      2 - endForms(words, run).length,
    ),
    details: detailsView(words, run),
    typed: run.state === 'needs-attention' ? words.own('typed.settle', { code: run.code }) : '',
  };
}

/** What `run-closed.json` binds: rejected, withdrawn, expired, superseded. Nothing was done in Azure, and the card says so. */
export function closedView(words: Words, run: Run, viewing: Viewing) {
  return {
    refusal: refusalView(words, viewing),
    header: runHeader(words, run, words.own('nothing-done')),
    differences: differencesView(words, run),
    facts: closedFacts(words, run),
    buttons: [againButton(words, run)],
    forms: endForms(words, run),
    details: detailsView(words, run),
  };
}

function outcomeSentence(words: Words, run: Run): string {
  const said = [run.outcome?.sentence, run.why].filter((text) => text !== undefined);
  return said.length === 0 ? words.own(`ended.${run.state}`) : said.map((text) => words.marked(text)).join(' ');
}

function endFacts(words: Words, run: Run) {
  const { correlationId } = run;
  const lasted = duration(run);
  return [
    ...(lasted === undefined ? [] : [{ title: words.own('fact.duration'), value: words.marked(lasted) }]),
    ...(correlationId === undefined
      ? []
      : [{ title: words.own('fact.correlation'), value: words.marked(correlationId) }]),
  ];
}

function duration(run: Run): MessageValue | undefined {
  const from = run.progress?.startedAt ?? run.startingAt;
  const to = run.progress?.endedAt ?? run.endedAt;
  if (from === undefined || to === undefined) return undefined;
  return { seconds: Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)) };
}

function leftToDo(words: Words, run: Run) {
  const left = [...(run.outcome?.leftToDo ?? []), ...linesOf(run.advice)];
  const { rows } = shown(left, words.limits.rows);
  if (rows.length === 0) return [];
  const lines = rows.map((text) => ({ sign: '▸', color: 'Accent', text: words.marked(text) }));
  return [{ title: words.own('left-to-do'), lines }];
}

/** Several pieces of advice are several lines. */
function linesOf(advice: Text | undefined): readonly Text[] {
  if (advice === undefined) return [];
  const lines: readonly Text[] = isLines(advice) ? advice : [advice];
  return lines;
}

function isLines(text: Text): text is Extract<Text, readonly unknown[]> {
  return Array.isArray(text);
}

function resultButtons(words: Words, run: Run): ButtonView[] {
  const next = suggestionsView(words, run.outcome?.suggestions).slice(0, 2);
  if (next.length > 0) return next;
  return run.state === 'failed' || run.state === 'cancelled' ? [againButton(words, run)] : [];
}

/** Only where only the requester looks; the server decides again on every click. */
function revealButtons(words: Words, run: Run, { oid, alone }: Viewing): ButtonView[] {
  const title = run.outcome?.reveals;
  if (title === undefined || alone !== true || oid !== run.requester.oid) return [];
  const data = { runId: run.id };
  return [{ title: words.plain(title), verb: 'reveal', data, style: 'positive', inputs: 'none' }];
}

/** The same request as a new run: everything is looked at, checked and asked again. */
function againButton(words: Words, run: Run): ButtonView {
  return wishButton(words.label('button.again'), { operation: run.operation, parameters: run.parameters });
}

function differencesView(words: Words, run: Run) {
  const { rows, more } = shown(changesOf(run), words.limits.rows);
  if (rows.length === 0) return [];
  const views = rows.map(({ what, was, now }) => ({
    what: words.marked(what),
    was: words.marked(was),
    now: words.marked(now),
  }));
  return [{ title: words.own('what-changed'), rows: views, more: moreView(words, more) }];
}

/** What was measured, and warnings that nobody had seen. */
function changesOf({ differences = [], newWarnings = [] }: Run): readonly Record<'what' | 'was' | 'now', Text>[] {
  return [
    ...differences.map(({ what, was, now }) => ({ what: say(what), was: measured(was), now: measured(now) })),
    ...newWarnings.map(({ was = '–', now }) => ({ what: say('fact.new-warning'), was, now })),
  ];
}

/** Moments are measured as ISO 8601 and states as Azure writes them; people read both in their own words, and nothing as a dash. */
function measured(value: string): Text {
  if (value === '') return '–';
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? { time: value } : azureWords(value);
}

function closedFacts(words: Words, run: Run) {
  const { decidedBy, endedAt, why, advice } = run;
  const by: Text | undefined =
    decidedBy && endedAt ? say('card.by-at', { name: decidedBy.name, at: { time: endedAt } }) : undefined;
  return [
    ...(by === undefined ? [] : [{ title: words.own(`state.${stateWord(run)}`), value: words.marked(by) }]),
    ...(why === undefined ? [] : [{ title: words.own('fact.why'), value: words.marked(why) }]),
    ...(advice === undefined ? [] : [{ title: words.own('fact.advice'), value: optional(words, advice) }]),
    { title: words.own('fact.asked-for'), value: words.marked(run.preview.sentence) },
  ];
}
