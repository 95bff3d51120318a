import assert from 'node:assert/strict';
import { createDrawing } from '../../src/bot/index.ts';
import { runStates } from '../../src/operations/run-summary.ts';
import type { Run } from '../../src/runs/run.ts';
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

  const reader = { locale: 'en', timeZone: 'Europe/Rome' };
  const seen = (run: Run) => JSON.stringify(drawing.run(run, reader, { oid: 'somebody' }).content);
  const glass = {
    actor: ana,
    at: '2026-11-21T12:59:00Z',
    usedAt: '2026-11-21T12:59:30Z',
    reviewBy: '2026-11-22T12:59:30Z',
    reason: 'The site is down',
  };

  it('keeps the mark of a broken glass in every state, and offers the review once it has ended', () => {
    for (const state of ['approved', 'running', 'succeeded', 'superseded'] as const) {
      const text = seen({ ...samples[state], breakGlass: glass });
      assert.match(text, /▲ Started without its approvals by Ana Souza.*The site is down/);
      assert.equal(/"verb":"review"/.test(text), state === 'succeeded' || state === 'superseded', state);
    }
    const reviewed = { actor: ana, at: '2026-11-21T14:00:00Z', comment: 'It could not wait' };
    const text = seen({ ...samples.succeeded, breakGlass: { ...glass, reviewed } });
    assert.match(text, /Started without its approvals.*Reviewed by Ana Souza.*It could not wait/);
    assert.doesNotMatch(text, /"verb":"review"/);
  });

  it('has no mark before the second step', () => {
    const { usedAt: _not, reviewBy: _yet, ...asked } = glass;
    assert.doesNotMatch(seen({ ...samples['awaiting-approval'], breakGlass: asked }), /without its approvals/);
  });

  it('says that changes were asked for, and lets the requester ask again', () => {
    const text = seen({ ...samples.rejected, sentBack: true, why: 'Use the test network' });
    assert.match(text, /Changes requested.*Use the test network.*Ask again/);
  });

  it('shows a dash for what is no more', () => {
    const gone = { what: 'sample.point', was: 'Check the database', now: '' };
    assert.match(seen({ ...samples.superseded, differences: [gone] }), /"Check the database → –"/);
  });

  it('offers to go on by hand while Azure does not answer, and not while it waits for its requester', () => {
    const waiting = {
      why: 'Azure does not answer.',
      since: '2026-11-21T13:03:00Z',
      nextLookAt: '2026-11-21T13:07:00Z',
    };
    const wish = /"operation":"run.commands","parameters":\{"run":"/;
    for (const state of ['approved', 'running'] as const) {
      assert.match(seen({ ...samples[state], waiting }), wish);
      assert.doesNotMatch(seen({ ...samples[state], waiting: { ...waiting, forRequester: true } }), wish);
      assert.doesNotMatch(seen(samples[state]), wish);
    }
    assert.match(seen({ ...samples.approved, waiting }), /\*\*commands \w+\*\* to go on by hand/);
  });

  it('says for which step Azure’s job waits for a person, what they are to do, and takes their word that it is done', () => {
    const { progress } = samples.running;
    assert.ok(progress !== undefined);
    const step = { jobId: '/replicationJobs/j', name: 'Check the ledger', instructions: 'Look at it.' };
    const text = seen({ ...samples.running, progress: { ...progress, waitsFor: [step] } });
    assert.match(text, /It waits for a person: Check the ledger.*Look at it\..*\*\*complete the manual action\*\*/);
    assert.match(
      text,
      /"title":"Done".*"operation":"replication-job.resume","parameters":\{"job":"\/replicationJobs\/j"/,
    );
    assert.doesNotMatch(seen({ ...samples.running, progress: { ...progress, waitsFor: [] } }), /waits for a person/);
  });

  it('asks for words before a rejection, a wish for changes, or a settlement counts', () => {
    assert.match(seen(samples['awaiting-approval']), /"isRequired":true.*"request-changes".*"decision":"reject"/);
    const { job } = samples.running;
    const lost = seen({ ...samples['needs-attention'], ...(job && { job }) });
    assert.match(
      lost,
      /"isRequired":true.*"found":"succeeded".*"found":"failed".*"found":"cancelled".*"found":"look-again"/,
    );
    assert.match(lost, /\*\*4F7K succeeded\*\*/);
  });
});
