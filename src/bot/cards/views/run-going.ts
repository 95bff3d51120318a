import { type MessageValue, say } from '../../../message.ts';
import type { Run } from '../../../runs/run.ts';
import type { Words } from '../words.ts';
import { type ButtonView, type LinesView, moreView, wishButton } from './common.ts';
import { detailsView, refusalView, runHeader, tasksView, type Viewing } from './run-parts.ts';

/** What `run-progress.json` binds: approved, starting, unknown, running. */
export function progressView(words: Words, run: Run, viewing: Viewing & { readonly now: Date }) {
  const { lines, more } = tasksView(words, run);
  const percent = run.progress?.percent;
  const timeline = { operation: 'run.show', parameters: { run: run.code } };
  return {
    refusal: refusalView(words, viewing),
    header: runHeader(words, run, words.marked(run.preview.sentence)),
    percent: percent === undefined ? '' : words.own('percent', { bar: barOf(percent), percent: Math.round(percent) }),
    lines,
    more: moreView(words, more),
    waiting: [...waitingView(words, run), ...manualView(words, run)],
    notes: notes(words, run, viewing.now),
    buttons: [
      ...startButtons(words, run),
      ...manualButtons(words, run),
      ...byHandButtons(words, run),
      wishButton(words.label('button.timeline'), timeline),
    ],
    details: detailsView(words, run),
    typed: words.own(typedWay(run, viewing), { code: run.code }),
  };
}

/** For the requester, who is signed in by the click. */
function startButtons(words: Words, run: Run): ButtonView[] {
  if (run.waiting?.forRequester !== true) return [];
  const title = words.label('button.confirm');
  return [{ title, verb: 'start', data: { runId: run.id }, style: 'positive', inputs: 'none' }];
}

/** Steps at which Azure's job stands still until a person says that they are done. */
function manualView(words: Words, { progress }: Run) {
  return (progress?.waitsFor ?? []).map(({ name, instructions = '' }) => ({
    why: words.own('waits-for-person', { step: name }),
    next: words.own('waits-for-person-next', { instructions }),
  }));
}

/** One for the job: what waits is asked for again by whoever is asked to say that it is done. */
function manualButtons(words: Words, { progress }: Run): ButtonView[] {
  return (progress?.waitsFor ?? []).slice(0, 1).map(({ jobId }) => {
    const wish = { operation: 'replication-job.resume', parameters: { job: jobId } };
    return { ...wishButton(words.label('button.manual-done'), wish), style: 'positive' as const };
  });
}

/** While Azure does not answer, people can do with `az` what was approved; which commands these are is told to those who are part of the run, and audited. */
function byHandButtons(words: Words, run: Run): ButtonView[] {
  if (!isHeldUp(run)) return [];
  return [wishButton(words.label('button.by-hand'), { operation: 'run.commands', parameters: { run: run.code } })];
}

/** By Azure, and not by the requester, who is asked to sign in. */
function isHeldUp({ waiting }: Run): boolean {
  return waiting !== undefined && waiting.forRequester !== true;
}

function typedWay(run: Run, { oid }: Viewing): 'typed.by-hand' | 'typed.watch' | 'typed.run' {
  if (isHeldUp(run)) return 'typed.by-hand';
  return oid === undefined ? 'typed.watch' : 'typed.run';
}

function notes(words: Words, run: Run, now: Date): LinesView {
  const said: string[] = [];
  const people = run.approvals.map(({ actor }) => actor.name);
  if (people.length > 0) said.push(words.own('approved-by', { people }));
  if (run.state === 'starting' || run.state === 'unknown' || run.state === 'approved')
    said.push(words.own(`going.${run.state}`));
  const since = run.progress?.startedAt ?? run.startingAt;
  if (since !== undefined)
    said.push(words.own('elapsed', { elapsed: secondsBetween(since, now), started: { time: since } }));
  const next = run.progress?.nextLookSeconds;
  if (run.waiting === undefined && next !== undefined) said.push(words.own('next-look', { next: { seconds: next } }));
  return said.map((text) => ({ text }));
}

function waitingView(words: Words, run: Run) {
  const { waiting } = run;
  if (waiting === undefined) return [];
  const times = { since: { time: waiting.since }, next: { time: waiting.nextLookAt } };
  const next =
    waiting.forRequester === true
      ? say('card.waiting-requester', { ...times, requester: run.requester.name })
      : say(waitingWord(run), times);
  return [{ why: words.marked(waiting.why), next: words.marked(next) }];
}

/** Only a job that Azure has goes on meanwhile. */
function waitingWord({ state }: Run) {
  if (state === 'approved' || state === 'starting') return 'card.waiting-unsent';
  return state === 'unknown' ? 'card.waiting-unknown' : 'card.waiting-next';
}

function secondsBetween(since: string, now: Date): MessageValue {
  return { seconds: Math.max(0, Math.round((now.getTime() - Date.parse(since)) / 1000)) };
}

/** Ten characters wide; read out, the number beside it says the same. */
function barOf(percent: number): string {
  const full = Math.min(10, Math.max(0, Math.round(percent / 10)));
  return '▓'.repeat(full) + '░'.repeat(10 - full);
}
