import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dayOf, neverQuiet, nextAt, night, quietUntil } from '../../src/posts/index.ts';

const rome = 'Europe/Rome';
const at = (moment: string) => new Date(moment);

describe('quiet hours', () => {
  it('reach over midnight, begin at their first minute and are over at their last', () => {
    const hours = { from: '22:00', until: '07:00', timeZone: rome };
    const ends = (moment: string) => quietUntil(hours, at(moment))?.toISOString();
    assert.equal(ends('2026-01-10T20:59:00Z'), undefined);
    assert.equal(ends('2026-01-10T21:00:00Z'), '2026-01-11T06:00:00.000Z');
    assert.equal(ends('2026-01-11T05:59:00Z'), '2026-01-11T06:00:00.000Z');
    assert.equal(ends('2026-01-11T06:00:00Z'), undefined);
  });

  it('may lie within a day, may be none, and end by the new clock in the night in which clocks change', () => {
    const lunch = { from: '12:00', until: '13:00', timeZone: 'UTC' };
    assert.equal(quietUntil(lunch, at('2026-01-10T12:30:00Z'))?.toISOString(), '2026-01-10T13:00:00.000Z');
    assert.equal(quietUntil(neverQuiet(rome), at('2026-01-10T00:00:00Z')), undefined);
    assert.equal(quietUntil(undefined, at('2026-01-10T00:00:00Z')), undefined);
    assert.equal(quietUntil(night(rome), at('2026-03-28T22:00:00Z'))?.toISOString(), '2026-03-29T06:00:00.000Z');
  });
});

describe('the next time of day', () => {
  it('comes an hour later on the day that lacks it, and once on the day that has it twice', () => {
    assert.equal(nextAt(at('2026-03-29T00:00:00Z'), '02:30', rome).toISOString(), '2026-03-29T01:30:00.000Z');
    const first = nextAt(at('2026-10-24T22:00:00Z'), '02:30', rome);
    assert.equal(first.toISOString(), '2026-10-25T00:30:00.000Z');
    assert.equal(nextAt(first, '02:30', rome).toISOString(), '2026-10-26T01:30:00.000Z');
  });

  it('comes on every day exactly once, whatever the zone and the time', () => {
    const zone = fc.constantFrom(
      'UTC',
      rome,
      'America/Sao_Paulo',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
    );
    const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    const start = fc.date({ min: at('2025-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(zone, clock, start, (timeZone, [hour, minute], from) => {
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const one = nextAt(from, time, timeZone);
        const two = nextAt(one, time, timeZone);
        const dayAfter = new Date(Date.parse(`${dayOf(one, timeZone)}T00:00:00Z`) + 86_400_000);
        assert.ok(one > from);
        assert.equal(dayOf(two, timeZone), dayAfter.toISOString().slice(0, 10));
      }),
    );
  });
});
