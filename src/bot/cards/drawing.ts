import type { Attachment } from 'botbuilder';
import type { Speech } from '../../language/speak.ts';
import { say } from '../../message.ts';
import type { Reader } from '../../operations/context.ts';
import type { RunState } from '../../operations/run-summary.ts';
import type { Screen } from '../../operations/screen.ts';
import type { Run } from '../../runs/run.ts';
import { fitted } from './limits.ts';
import { type Card, type CardTemplates, loadTemplates } from './templates.ts';
import { answerSummary, answerView } from './views/answer.ts';
import { noticeView, questionView } from './views/others.ts';
import { closedView, resultView } from './views/run-ended.ts';
import { progressView } from './views/run-going.ts';
import { approvalView, draftView } from './views/run-open.ts';
import { stateWord, type Viewing } from './views/run-parts.ts';
import { type Words, wordsFor } from './words.ts';

/** Draws everything that the bot shows. Every card fits 28 KB, says its language and has a text for clients without cards. */
export interface Drawing {
  screen(screen: Screen, reader: Reader): Attachment;
  /** The run's card as this person may see it. */
  run(run: Run, reader: Reader, viewing?: Viewing): Attachment;
}

/** What drawing stands on. */
export interface DrawingOptions {
  readonly speech: Pick<Speech, 'speakerFor' | 'tagFor'>;
  readonly now: () => Date;
  /** The folder `cards/` of the project unless given. */
  readonly templates?: CardTemplates;
}

interface Sketch {
  readonly template: string;
  readonly view: object;
  readonly summary: string;
  readonly refresh?: unknown;
}

/** The content type of an Adaptive Card in an attachment. */
export const cardType = 'application/vnd.microsoft.card.adaptive';

/** Reads the templates once and draws with them. */
export function createDrawing(options: DrawingOptions): Drawing {
  const templates = options.templates ?? loadTemplates(new URL('../../../cards/', import.meta.url));
  const draw = (reader: Reader, sketch: (words: Words, now: Date) => Sketch): Attachment => {
    const now = options.now();
    const lang = options.speech.tagFor(reader.locale);
    const content = fitted((limits): Card => {
      const { template, view, ...rest } = sketch(wordsFor(options.speech, { reader, now, limits }), now);
      return templates.draw(template, view, { lang, ...rest });
    });
    return { contentType: cardType, content };
  };
  return {
    screen: (screen, reader) => draw(reader, (words) => screenSketch(words, screen)),
    run: (run, reader, viewing = {}) => draw(reader, (words, now) => runSketch(words, run, { ...viewing, now })),
  };
}

function screenSketch(words: Words, screen: Screen): Sketch {
  switch (screen.screen) {
    case 'answer': {
      const template = (screen.answer.items ?? []).length > 0 ? 'list' : 'answer';
      return { template, view: answerView(words, screen.answer), summary: answerSummary(words, screen.answer) };
    }
    case 'question':
      return {
        template: 'question',
        view: questionView(words, screen.question),
        summary: words.plain(screen.question.title),
      };
    case 'notice':
      return { template: 'notice', view: noticeView(words, screen.notice), summary: words.plain(screen.notice.title) };
  }
}

const runTemplates: Readonly<Record<RunState, 'preview' | 'approval' | 'progress' | 'result' | 'closed'>> = {
  draft: 'preview',
  'awaiting-approval': 'approval',
  approved: 'progress',
  starting: 'progress',
  unknown: 'progress',
  running: 'progress',
  'needs-attention': 'result',
  succeeded: 'result',
  failed: 'result',
  cancelled: 'result',
  rejected: 'closed',
  withdrawn: 'closed',
  expired: 'closed',
  superseded: 'closed',
};

const runViews = {
  preview: draftView,
  approval: approvalView,
  progress: progressView,
  result: resultView,
  closed: closedView,
} as const;

function runSketch(words: Words, run: Run, viewing: Viewing & { readonly now: Date }): Sketch {
  const kind = runTemplates[run.state];
  const summary = words.label('run-summary', {
    state: say(`card.state.${stateWord(run)}`),
    operation: say(`${run.operation}.title`),
    target: run.targetName,
    sentence: run.outcome?.sentence ?? run.preview.sentence,
  });
  const sketch = { template: `run-${kind}`, view: runViews[kind](words, run, viewing), summary };
  return kind === 'result' || kind === 'closed' ? sketch : { ...sketch, refresh: refreshOf(words, run) };
}

/**
 * Teams asks for a fresh card by itself when a chat is opened and the card is older than a minute; without `userIds` for everybody
 * in conversations of at most 60 (Adaptive Cards, "User specific views"). It reads and never acts.
 */
function refreshOf(words: Words, run: Run) {
  const data = { runId: run.id };
  return { action: { type: 'Action.Execute', title: words.label('button.refresh'), verb: 'show', data } };
}
