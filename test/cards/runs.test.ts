import assert from 'node:assert/strict';
import { createDrawing } from '../../src/bot/index.ts';
import { runStates } from '../../src/operations/run-summary.ts';
import { ana, samples } from './support/runs.ts';
import { sampleVoice } from './support/voice.ts';

const now = () => new Date('2026-11-21T13:00:00Z');

describe("a run's card", () => {
  const drawing = createDrawing({ speech: sampleVoice(), now });

  for (const locale of ['en', 'pt-BR', 'it']) {
    for (const state of runStates) {
      it(`fits Teams and is complete: ${state} in ${locale}`, () => {
        for (const oid of [undefined, ana.oid, 'somebody']) {
          const content: unknown = drawing.run(
            samples[state],
            { locale, timeZone: 'Europe/Rome' },
            oid === undefined ? {} : { oid },
          ).content;
          const json = JSON.stringify(content);
          assert.ok(Buffer.byteLength(json) < 28 * 1024);
          assert.ok(!json.includes('${'));
          const seen = JSON.stringify(content, (key, value: unknown) => (key === 'data' ? undefined : value));
          assert.doesNotMatch(seen, /"card\.|sample\./, 'a text is missing');
        }
      });
    }
  }
});
