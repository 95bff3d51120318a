import { say } from '../../message.ts';
import type { StillOpen } from '../../operations/left-open.ts';
import type { Screen, Suggestion } from '../../operations/screen.ts';
import type { LeftOpenEntry } from '../../store/index.ts';
import type { StoredRun } from '../run.ts';

/** The word that a button and a sentence stop reminders with. */
export const stopReminding = 'stop-reminding';

/** What the post of a run's reminders is known by. */
export function postIdOf(runId: string): string {
  return `reminder/${runId}`;
}

/** One reminder: what is open, since when, what to do, and how to hear no more of it. */
export function reminderScreen(
  run: StoredRun,
  entry: LeftOpenEntry,
  seen: StillOpen & { readonly open: true },
): Screen {
  const stop: Suggestion = {
    title: say('reminder.stop'),
    wish: { operation: stopReminding, parameters: { run: run.code } },
  };
  const facts = [
    { label: say('reminder.run'), value: say('reminder.run-line', { code: run.code, title: titleOf(run) }) },
    { label: say('reminder.since'), value: { time: entry.openedAt } },
    { label: say('reminder.next'), value: { time: entry.nextAt } },
    { label: say('reminder.to-stop'), value: say('reminder.to-stop-typed', { code: run.code }) },
  ];
  const title = say(`reminder.kind.${entry.kind}`, { target: run.targetName });
  const suggestions = [...seen.suggestions.slice(0, 2), stop];
  return { screen: 'notice', notice: { tone: 'warning', title, lead: seen.sentence, facts, suggestions } };
}

/** What the message of the last reminder says when Azure shows that it is done: there is nothing to press any more. */
export function closedScreen(run: StoredRun, entry: LeftOpenEntry): Screen {
  const title = say(`reminder.closed.${entry.kind}`, { target: run.targetName });
  const facts = [
    { label: say('reminder.run'), value: say('reminder.run-line', { code: run.code, title: titleOf(run) }) },
  ];
  return { screen: 'notice', notice: { tone: 'good', title, facts } };
}

/** The last reminder without its stop button, and who pressed it. */
export function stoppedScreen(last: Screen, name: string): Screen {
  if (last.screen !== 'notice') return last;
  const { notice } = last;
  const suggestions = (notice.suggestions ?? []).filter(({ wish }) => wish.operation !== stopReminding);
  return {
    screen: 'notice',
    notice: { ...notice, facts: [{ label: say('reminder.stopped'), value: name }], suggestions },
  };
}

function titleOf(run: StoredRun) {
  return say(`${run.operation}.title`);
}
