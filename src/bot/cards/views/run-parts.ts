import { type MessageValue, say } from '../../../message.ts';
import type { RunState } from '../../../operations/run-summary.ts';
import type { Finding, Tone } from '../../../operations/screen.ts';
import type { Run, Verb } from '../../../runs/run.ts';
import { shown } from '../limits.ts';
import { signOf } from '../signs.ts';
import type { Words } from '../words.ts';
import { type ButtonView, factsView, optional } from './common.ts';
import { glassView } from './run-forms.ts';

/** Who looks at a run's card, as far as it is known. */
export interface Viewing {
  /** Entra object id; absent: everybody in the conversation sees the same card. */
  readonly oid?: string;
  /** In their own chat with the bot, where nobody else looks on. */
  readonly alone?: boolean;
  /** Why the click of this person was refused: stands on top. */
  readonly refusal?: { readonly why: MessageValue; readonly advice: MessageValue };
}

const tones: Readonly<Record<RunState, Tone>> = {
  draft: 'neutral',
  'awaiting-approval': 'warning',
  approved: 'neutral',
  starting: 'neutral',
  unknown: 'unknown',
  running: 'neutral',
  'needs-attention': 'bad',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'unknown',
  rejected: 'bad',
  withdrawn: 'unknown',
  expired: 'unknown',
  superseded: 'warning',
};

const signs: Partial<Record<RunState, string>> = {
  running: '▶',
  starting: '▶',
  approved: '▶',
  cancelled: '■',
  withdrawn: '■',
  expired: '■',
};

/** The heading of a run's card: its state in words, its code, what it does to what, and one sentence. */
export function runHeader(words: Words, run: Run, lead: string) {
  const look = signOf(tones[run.state]);
  const state = words.own(`state.${stateWord(run)}`);
  const title = words.own('run-title', { operation: say(`${run.operation}.title`), target: run.targetName });
  const header = { ...look, sign: signs[run.state] ?? look.sign, state, code: words.marked(planOf(run)), title, lead };
  return { ...header, glass: glassView(words, run) };
}

/**
 * Nobody but the requester had to agree to a run that needs no second person: it is confirmed, not approved. And a run that was sent
 * back is not simply rejected.
 */
export function stateWord(run: Run): RunState | 'confirmed' | 'changes-requested' {
  if (run.state === 'rejected' && run.sentBack === true) return 'changes-requested';
  return run.state === 'approved' && run.requirement.approvals === 0 ? 'confirmed' : run.state;
}

/** What a refused click puts on top; `[]` otherwise. */
export function refusalView(words: Words, viewing: Viewing) {
  const { refusal } = viewing;
  return refusal === undefined ? [] : [{ why: words.marked(refusal.why), advice: words.marked(refusal.advice) }];
}

/** The pre-flight checks, what hinders first. */
export function checksView(words: Words, findings: readonly Finding[]) {
  const order = { blocks: 0, warns: 1, passed: 2 } as const;
  const look = { blocks: signOf('bad'), warns: signOf('warning'), passed: signOf('good') } as const;
  const sorted = findings.toSorted((a, b) => order[a.severity] - order[b.severity]);
  return shown(sorted, words.limits.rows).rows.map(({ severity, text, advice }) => ({
    sign: look[severity].sign,
    color: look[severity].color,
    text: words.marked(text),
    advice: severity === 'passed' ? '' : optional(words, advice),
  }));
}

type TaskState = NonNullable<Run['progress']>['tasks'][number]['state'];

const taskLooks: Readonly<Record<TaskState, { sign: string; color: string }>> = {
  succeeded: { sign: '✔', color: 'Good' },
  running: { sign: '▶', color: 'Accent' },
  waiting: { sign: '○', color: 'Default' },
  failed: { sign: '✖', color: 'Attention' },
  skipped: { sign: '–', color: 'Default' },
};

/** The job's tasks in Azure's own words, each with a sign and, unless it is done or to come, a word. */
export function tasksView(words: Words, run: Run) {
  const { rows, more } = shown(run.progress?.tasks ?? [], words.limits.rows);
  const lines = rows.map(({ name, state }) => ({ ...taskLooks[state], text: words.own(`task.${state}`, { name }) }));
  return { lines, more };
}

/** A button that decides on the run as it is shown: data names the run and the version, nothing else. */
export function decideButton(words: Words, run: Run, decision: Verb, options: Partial<ButtonView> = {}): ButtonView {
  const data = { runId: run.id, version: run.version, decision };
  return {
    title: words.label(`button.${decision}`),
    verb: 'decide',
    data,
    style: 'default',
    inputs: 'none',
    ...options,
  };
}

/** What is folded away: who, which plan, which ids. */
export function detailsView(
  words: Words,
  run: Run,
  extra: { buttons?: readonly ButtonView[]; facts?: readonly string[] } = {},
) {
  const facts = [
    { title: words.own('fact.requested-by'), value: words.marked(run.requester.name) },
    ...(run.reason === undefined ? [] : [{ title: words.own('fact.reason'), value: words.marked(run.reason) }]),
    ...approvalFacts(words, run),
    ...(run.replaces === undefined ? [] : [{ title: words.own('fact.replaces'), value: words.marked(run.replaces) }]),
    { title: words.own('fact.plan'), value: words.marked(planOf(run)) },
    { title: words.own('fact.asked'), value: words.marked({ time: run.createdAt }) },
    ...(run.startingAt === undefined
      ? []
      : [{ title: words.own('fact.started'), value: words.marked({ time: run.startingAt }) }]),
    ...(run.endedAt === undefined
      ? []
      : [{ title: words.own('fact.ended'), value: words.marked({ time: run.endedAt }) }]),
    ...(run.correlationId === undefined
      ? []
      : [{ title: words.own('fact.correlation'), value: words.marked(run.correlationId) }]),
  ];
  return [{ title: words.label('button.details'), facts, lines: [], buttons: extra.buttons ?? [] }];
}

/** `4F7K-a91c3e`: the code and the first six characters of what was agreed to. */
export function planOf(run: Run): string {
  return `${run.code}-${run.planHash.slice(0, 6)}`;
}

/** The facts of the preview, as a card of the run shows them. */
export function previewFacts(words: Words, run: Run) {
  return factsView(words, run.preview.facts);
}

function approvalFacts(words: Words, run: Run) {
  return run.approvals.map(({ actor, at }) => ({
    title: words.own('fact.approved-by'),
    value: words.own('by-at', { name: actor.name, at: { time: at } }),
  }));
}
