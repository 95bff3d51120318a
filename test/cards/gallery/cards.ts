import { createDrawing } from '../../../src/bot/index.ts';
import type { Run } from '../../../src/runs/run.ts';
import { ana, blockedDraft, luca, samples, typedDraft } from '../support/runs.ts';
import { screens } from '../support/screens.ts';
import { sampleVoice } from '../support/voice.ts';

const drawing = createDrawing({ speech: sampleVoice(), now: () => new Date('2026-11-21T13:06:00Z') });
const reader = { locale: 'en', timeZone: 'Europe/Rome' };

/** Every template's samples, drawn. */
export function galleryCards(): Readonly<Record<string, readonly unknown[]>> {
  const fromScreens: (readonly [string, readonly unknown[]])[] = Object.entries(screens).map(([name, list]) => [
    name,
    list.map((screen) => content(drawing.screen(screen, reader))),
  ]);
  const waiting = { why: 'Azure does not answer.', since: '2026-11-21T13:03:00Z', nextLookAt: '2026-11-21T13:07:00Z' };
  const refusal = { why: 'You asked for this yourself.', advice: 'Somebody else has to approve it.' };
  return {
    ...Object.fromEntries(fromScreens),
    'run-preview': [run(samples.draft), run(typedDraft), run(blockedDraft)],
    'run-approval': [
      run(samples['awaiting-approval']),
      run(samples['awaiting-approval'], { oid: ana.oid }),
      run(samples['awaiting-approval'], { oid: luca.oid }),
      run(samples['awaiting-approval'], { oid: ana.oid, refusal }),
    ],
    'run-progress': [
      run(samples.running),
      run({ ...samples.running, waiting }),
      run(atManualStep(samples.running)),
      run(samples.approved),
      run({ ...samples.approved, requirement: { confirmation: 'click', approvals: 0 }, approvals: [] }),
      run(samples.unknown),
    ],
    'run-result': [
      run(samples.succeeded),
      run(samples.failed),
      run(samples['needs-attention']),
      run(samples.cancelled),
    ],
    'run-closed': [run(samples.rejected), run(samples.withdrawn), run(samples.expired), run(samples.superseded)],
  };
}

/** Azure's job waits for a person. */
function atManualStep(sample: Run): Run {
  const { progress } = sample;
  const step = {
    jobId: '/replicationJobs/j',
    name: 'Check the ledger',
    instructions: 'Look whether yesterday is booked.',
  };
  return { ...sample, ...(progress && { progress: { ...progress, waitsFor: [step] } }) };
}

function run(sample: Run, viewing: Parameters<typeof drawing.run>[2] = {}): unknown {
  return content(drawing.run(sample, reader, viewing));
}

function content(attachment: { content?: unknown }): unknown {
  return attachment.content;
}

/** A template's samples as text, to be compared with what was last looked at. */
export function goldenText(cards: readonly unknown[]): string {
  return `${cards.map((card) => JSON.stringify(card, null, 1)).join('\n')}\n`;
}
