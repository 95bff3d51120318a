import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asExpiry, asPast, momentsIn, moved } from '../../src/language/dates.ts';
import { instantAt, offsetMinutes, wallClockOf } from '../../src/language/zone.ts';

const now = new Date('2026-11-21T13:02:00Z');
const zone = fc.constantFrom(
  'UTC',
  'Europe/Rome',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'America/New_York',
);
const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });

describe('wall clocks', () => {
  it('lead back to the moment that they were read at, except in the hour that is shown twice', () => {
    fc.assert(
      fc.property(moment, zone, (at, timeZone) => {
        const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
        const apart = Math.abs(instantAt(wallClockOf(minute, timeZone), timeZone).getTime() - minute.getTime());
        const later = new Date(minute.getTime() + 2 * 3_600_000);
        const earlier = new Date(minute.getTime() - 2 * 3_600_000);
        const steady = offsetMinutes(later, timeZone) === offsetMinutes(earlier, timeZone);
        assert.ok(apart === 0 || (!steady && apart <= 3_600_000));
      }),
    );
  });

  it('know half-hour zones and summer time', () => {
    assert.equal(offsetMinutes(now, 'Asia/Kolkata'), 330);
    assert.equal(offsetMinutes(new Date('2026-07-01T00:00:00Z'), 'Europe/Rome'), 120);
  });
});

describe('moments in words', () => {
  const clock = (locale: string) => ({ locale, timeZone: 'Europe/Rome', now });
  const first = (text: string, tag: string) => {
    const [found] = momentsIn(text, tag, clock(tag));
    assert.ok(found, text);
    return found.moment;
  };

  it('are meant of the past where something past is asked for', () => {
    assert.equal(asPast(first('Monday', 'en'), 'begin', clock('en')), '2026-11-15T23:00:00.000Z');
    assert.equal(asPast(first('14:30', 'en'), 'end', clock('en')), '2026-11-20T13:30:00.000Z');
    assert.equal(asPast(first('31 gennaio', 'it'), 'begin', clock('it')), '2026-01-30T23:00:00.000Z');
  });

  it('are meant of the future, to the end of the day, where something is kept', () => {
    assert.equal(asExpiry(first('31 gennaio', 'it'), 'Europe/Rome'), '2027-01-31T22:59:00.000Z');
    assert.equal(asExpiry(first('amanhã', 'pt-BR'), 'America/Sao_Paulo'), '2026-11-23T02:59:00.000Z');
  });

  it('keep a zone that was said', () => {
    assert.equal(asExpiry(first('25 December 2026 14:00 UTC', 'en'), 'Europe/Rome'), '2026-12-25T14:00:00.000Z');
  });
});

describe('lengths of time', () => {
  it('follow the calendar of the speaker', () => {
    const from = new Date('2027-01-31T10:00:00Z');
    assert.equal(moved(from, 1, 'month', 'Europe/Rome'), '2027-02-28T10:00:00.000Z', 'the last of the month');
    assert.equal(moved(now, 240, 'day', 'Europe/Rome'), '2027-07-19T12:02:00.000Z', 'the same hour in summer time');
    assert.equal(moved(now, -3, 'hour', 'Europe/Rome'), '2026-11-21T10:02:00.000Z');
  });

  it('never move a moment the wrong way', () => {
    const unit = fc.constantFrom('minute', 'hour', 'day', 'week', 'month', 'year');
    fc.assert(
      fc.property(moment, zone, unit, fc.integer({ min: 1, max: 400 }), (at, timeZone, what, count) => {
        assert.ok(Date.parse(moved(at, count, what, timeZone)) > at.getTime() - 60_000);
        assert.ok(Date.parse(moved(at, -count, what, timeZone)) < at.getTime() + 60_000);
      }),
    );
  });
});
