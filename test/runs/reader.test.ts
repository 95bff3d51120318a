import assert from 'node:assert/strict';
import { createSpeech } from '../../src/language/speak.ts';
import type { Actor } from '../../src/operations/context.ts';
import { timelineOf } from '../../src/runs/timeline.ts';
import { onUsualHome } from '../support/store.ts';
import { Harness, people } from './harness.ts';

onUsualHome('what operations read of runs', (place) => {
  it('is the newest first, what awaits approval, and one by its code, within the tenant', async () => {
    const runs = await Harness.open(await place());
    const { reader } = runs.runs;
    const first = await runs.propose('reversible', people.ana, 'a');
    await runs.pass(5);
    const second = await runs.propose('disruptive', people.ana, 'b');
    assert.deepEqual(
      (await reader.recent('tenant', 10)).map(({ code }) => code),
      [second.code, first.code],
    );
    assert.deepEqual((await reader.recent('tenant', 1)).length, 1);
    assert.deepEqual(
      (await reader.awaitingApproval('tenant')).map(({ code }) => code),
      [second.code],
    );
    assert.deepEqual(await reader.recent('other-tenant', 10), []);
    assert.equal((await reader.find(first.code.toLowerCase(), 'tenant'))?.target, 'a');
  });

  it('is a run’s life in sentences, oldest first', async () => {
    const runs = await Harness.open(await place());
    const run = await runs.propose('disruptive');
    await runs.decide(run, 'approve', people.ana);
    await runs.decide(run, 'approve', people.ben);
    await runs.settle();
    const lines = await runs.runs.reader.timeline(run.code, 'tenant');
    const ids = lines.map(({ text }) => (typeof text === 'object' && 'message' in text ? text.message : ''));
    assert.deepEqual(ids, [
      'run.event.proposed',
      'run.event.decision-refused',
      'run.event.approved',
      'run.event.changed',
      'run.event.changed',
    ]);
    const speak = createSpeech([]).speakerFor({ locale: 'en', timeZone: 'UTC', now: new Date(0) });
    const refused = lines[1]?.text;
    assert.match(
      speak(refused ?? ''),
      /^A decision of Ana did not count; the answer was: “You asked for this.*”$/,
      'no code of ours',
    );
  });

  it('tells refusals of before their answer was kept by what their code means', () => {
    const body = { kind: 'decision-refused', at: '2026-03-02T08:00:00Z', actor: { name: 'Ana' } };
    const speak = createSpeech([]).speakerFor({ locale: 'it', timeZone: 'UTC', now: new Date(0) });
    const told = ['typed-name-wrong', 'no-right', 'a-code-of-long-ago'].map((code) => {
      const record = { seq: 1, runId: 'r', hash: '', body: JSON.stringify({ ...body, details: { code } }) };
      return speak(timelineOf([record])[0]?.text ?? '');
    });
    assert.doesNotMatch(told.slice(0, 2).join(' '), /typed-name-wrong|no-right/);
    assert.match(told[2] ?? '', /a-code-of-long-ago/);
  });

  it('hands commands to nobody before the approval, nor to whom the run is none of their business, and audits both', async () => {
    const runs = await Harness.open(await place());
    const { reader } = runs.runs;
    const run = await runs.propose('disruptive');
    const refusal = async (who: Actor) => {
      const found = await reader.byHand(run.code, who);
      return found !== undefined && 'refused' in found ? found.refused : found;
    };
    assert.equal(await refusal(people.ana), 'not-approved');
    assert.equal(await refusal(people.ben), 'not-involved');
    await runs.decide(run, 'approve', people.ben);
    assert.equal(await refusal(people.ben), 'none');
    assert.equal(await reader.byHand(run.code, { ...people.ana, tenantId: 'other-tenant' }), undefined);
    const lines = await reader.timeline(run.code, 'tenant');
    const refused = lines.filter(({ text }) => JSON.stringify(text).includes('run.event.commands-refused'));
    assert.equal(refused.length, 3);
  });
});
