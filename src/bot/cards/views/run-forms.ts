import type { Run, Settlement } from '../../../runs/run.ts';
import type { Words } from '../words.ts';
import type { ButtonView, LinesView } from './common.ts';

/** Words that are asked for before a button counts, folded away under a button of their own. */
export interface FormView {
  readonly title: string;
  readonly label: string;
  readonly placeholder: string;
  readonly error: string;
  readonly buttons: readonly ButtonView[];
}

/** The mark of a run that was started without its approvals, and who has to look at it, or has. It stays on the card for good. */
export function glassView(words: Words, { breakGlass, code }: Run): LinesView {
  if (breakGlass?.usedAt === undefined) return [];
  const { actor, usedAt, reason, reviewBy = usedAt, reviewed } = breakGlass;
  const mark = words.own('glass', { name: actor.name, at: { time: usedAt }, reason });
  const review =
    reviewed === undefined
      ? words.own('glass-due', { by: { time: reviewBy }, code })
      : words.own('glass-reviewed', {
          name: reviewed.actor.name,
          at: { time: reviewed.at },
          comment: reviewed.comment,
        });
  return [{ text: `▲ ${mark}` }, { text: review }];
}

/** What an ended run, or one that needs a person, asks of those who look at it: how it ended, or a review. One form at most. */
export function endForms(words: Words, run: Run): readonly FormView[] {
  if (run.state === 'needs-attention') return [settleForm(words, run)];
  const owed = run.breakGlass?.usedAt !== undefined && run.breakGlass.reviewed === undefined;
  return owed ? [reviewForm(words, run)] : [];
}

type FormWords = Pick<FormView, 'title' | 'label' | 'placeholder'>;

/** A form with its words and buttons; nothing counts without words. */
export function formView(words: Words, said: FormWords, buttons: readonly ButtonView[]): FormView {
  return { ...said, error: words.label('rejection.error'), buttons };
}

function settleForm(words: Words, run: Run): FormView {
  const ends: readonly Settlement['found'][] = ['succeeded', 'failed', 'cancelled'];
  const all = run.job === undefined ? ends : ([...ends, 'look-again'] as const);
  const buttons = all.map((found) => ({
    title: words.label(`button.settle-${found}`),
    verb: 'settle',
    data: { runId: run.id, found },
    style: 'default' as const,
    inputs: 'auto' as const,
  }));
  const said = { title: words.label('settle.title'), label: words.label('settle.label') };
  return formView(words, { ...said, placeholder: words.label('record.placeholder') }, buttons);
}

function reviewForm(words: Words, run: Run): FormView {
  const title = words.label('button.reviewed');
  const button = { title, verb: 'review', data: { runId: run.id }, style: 'positive', inputs: 'auto' } as const;
  const said = { title: words.label('review.title'), label: words.label('review.label') };
  return formView(words, { ...said, placeholder: words.label('record.placeholder') }, [button]);
}
