import assert from 'node:assert/strict';
import { meaningChosen, pointFound, shownPoints } from '../../src/dialogs/points.ts';
import type { Said } from '../../src/language/recognize.ts';
import type { Choice } from '../../src/operations/screen.ts';

/** One point an hour, the newest of 14:00, every third one application-consistent. */
const points: readonly Choice[] = Array.from({ length: 12 }, (_, at) => {
  const time = new Date(Date.parse('2026-11-21T14:00:00Z') - at * 3_600_000).toISOString();
  return { value: `p${at}`, title: { time }, point: { time, consistency: at % 3 === 2 ? 'application' : 'crash' } };
});

function found(said: Omit<Said, 'kind' | 'said'>, choices = points): unknown {
  const point = pointFound(choices, { kind: 'recovery-point', said: 'said', ...said });
  return point.found === 'value' ? point.value : point.lead.message;
}

describe('the recovery point that was said', () => {
  it('is the newest, the newest application-consistent, or the one of that number', () => {
    assert.equal(found({ value: 'latest' }), 'p0');
    assert.equal(found({ value: 'latest-application-consistent' }), 'p2');
    assert.equal(found({ value: '#3' }), 'p2');
    assert.equal(found({ value: '#13' }), 'dialog.no-point-said');
  });

  it('is before a time, or at it at the latest, also beyond the lines that are shown', () => {
    assert.equal(found({ value: '2026-11-21T12:00:00.000Z' }), 'p2');
    assert.equal(found({ value: '2026-11-21T12:00:00.000Z', before: true }), 'p3');
    assert.equal(found({ value: '2026-11-21T03:30:00.000Z' }), 'p11');
    assert.equal(shownPoints(points).length, 10);
  });

  it('is asked for, with the reason, where there is none such', () => {
    assert.equal(found({ value: '2026-11-20T12:00:00.000Z' }), 'dialog.no-point-so-old');
    const crash = points.filter(({ point }) => point?.consistency === 'crash');
    assert.equal(found({ value: 'latest-application-consistent' }, crash), 'dialog.no-consistent-point');
  });

  it('is asked back where the clocks show the time twice, each meaning with its point', () => {
    const meanings = ['2026-11-21T08:30:00.000Z', '2026-11-21T09:30:00.000Z'];
    const asked = pointFound(points, { kind: 'recovery-point', said: '2:30', before: true, meanings });
    assert.ok(asked.found === 'asked');
    assert.equal(asked.lead.message, 'dialog.time-twice');
    assert.deepEqual(
      asked.choices.map(({ value, title }) => [value, title]),
      [
        [meanings[0], { time: meanings[0] }],
        [meanings[1], { time: meanings[1] }],
      ],
    );
    const said = (at: number) =>
      meaningChosen({ kind: 'recovery-point', said: '2:30', before: true, meanings }, meanings[at]);
    assert.deepEqual(
      [pointFound(points, said(0) ?? assert.fail()), said(2)],
      [{ found: 'value', value: 'p6' }, undefined],
    );
    assert.equal(found({ ...said(1) }), 'p5');
    assert.equal(found({ meanings: [] }), 'dialog.no-such-time');
  });

  it('is asked back by its two moments also where no point is as old, and never by points of another time', () => {
    const meanings = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'];
    const said: Said = { kind: 'recovery-point', said: '25 October at 2:30', before: true, meanings };
    const asked = pointFound(points, said);
    assert.ok(asked.found === 'asked');
    assert.deepEqual(
      asked.choices.map(({ value }) => value),
      meanings,
    );
    const chosen = meaningChosen(said, meanings[0]) ?? assert.fail();
    assert.equal(found(chosen), 'dialog.no-point-so-old');
    const again = pointFound(points, chosen);
    assert.equal(again.found === 'asked' && again.choices.length, 10);
  });

  it('is what Site Recovery has worked through where that is offered', () => {
    const replicated = [{ value: 'latest-processed', title: 'latest' }, ...points];
    assert.equal(found({ value: 'latest-processed' }, replicated), 'latest-processed');
    assert.equal(found({ value: 'latest' }, replicated), 'latest-processed');
    assert.equal(found({ value: 'latest-application-consistent' }, replicated), 'p2');
    assert.equal(found({ value: 'latest-processed' }), 'p0');
  });
});
