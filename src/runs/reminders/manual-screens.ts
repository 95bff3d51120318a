import { nameOf, vaultOf } from '../../azure/arm-id.ts';
import type { ManualStep } from '../../azure/types.ts';
import { say, type Text } from '../../message.ts';
import type { Screen, Suggestion } from '../../operations/screen.ts';
import type { StoredRun } from '../run.ts';

/** The operation by which a person says that a manual action is done. */
export const resume = 'replication-job.resume';

/** What a call for a person is made of. Times ISO 8601. */
export interface Asking {
  readonly since: string;
  /** Names of those who may say that it is done. */
  readonly people: readonly string[];
  /** When it is said again. */
  readonly nextAt: string;
}

/** The call for a person: what is to be done, who can say that it is, and since when the run stands still. */
export function manualScreen(run: StoredRun, { since, people, nextAt }: Asking): Screen {
  const steps = run.progress?.waitsFor ?? [];
  const title = say('reminder.manual', { target: run.targetName, steps: steps.map(({ name }) => name) });
  const instructions = steps.flatMap((step) => step.instructions ?? []);
  const facts = [
    ...(steps[0] === undefined ? [] : [{ label: say('reminder.manual-who'), value: whoOf(steps[0], people) }]),
    { label: say('reminder.manual-to'), value: say('reminder.manual-to-typed') },
    runFact(run),
    { label: say('reminder.manual-since'), value: { time: since } },
    { label: say('reminder.next'), value: { time: nextAt } },
  ];
  const lead = instructions.length === 0 ? {} : { lead: instructions };
  return { screen: 'notice', notice: { tone: 'warning', title, ...lead, facts, suggestions: suggestionsOf(steps) } };
}

/** What the call says when the run goes on: there is nothing to press any more. */
export function manualDoneScreen(run: StoredRun): Screen {
  const title = say('reminder.manual-done', { target: run.targetName });
  return { screen: 'notice', notice: { tone: 'good', title, facts: [runFact(run)] } };
}

function whoOf({ jobId }: ManualStep, people: readonly string[]): Text {
  const vault = nameOf(vaultOf(jobId));
  return people.length === 0
    ? say('reminder.manual-anybody', { vault })
    : say('reminder.manual-people', { vault, people });
}

function runFact({ code, operation }: StoredRun) {
  const value = say('reminder.run-line', { code, title: say(`${operation}.title`) });
  return { label: say('reminder.run'), value };
}

function suggestionsOf([step]: readonly ManualStep[]): readonly Suggestion[] {
  if (step === undefined) return [];
  const parameters = { job: step.jobId };
  return [
    { title: say('card.button.manual-done'), wish: { operation: resume, parameters } },
    { title: say('replication-job.show.title'), wish: { operation: 'replication-job.show', parameters } },
  ];
}
