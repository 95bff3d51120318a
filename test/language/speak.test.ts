import assert from 'node:assert/strict';
import { createSpeech, type ReaderNow } from '../../src/language/speak.ts';
import { loadLocales } from '../../src/locales/index.ts';
import { say, type Text } from '../../src/message.ts';
import { practiceOperations } from './practice-operations.ts';

const now = new Date('2026-11-21T13:02:00Z');
const locales = loadLocales();
const speech = createSpeech(practiceOperations, locales);

function spoken(text: Text, reader: Partial<ReaderNow> = {}): string {
  return speech.speakerFor({ locale: 'en', timeZone: 'Europe/Rome', now, ...reader })(text);
}

function withText(id: string, text: string) {
  const en = locales.get('en');
  assert.ok(en);
  return createSpeech([], new Map([['en', { ...en, texts: new Map([...en.texts, [id, text]]) }]])).speakerFor({
    locale: 'en',
    timeZone: 'UTC',
    now,
  });
}

describe('speaking', () => {
  it('writes a moment in local time with UTC beside it', () => {
    assert.equal(spoken({ time: '2026-11-21T13:02:00Z' }), 'Sat 21 Nov, 14:02 (13:02 UTC)');
  });

  it('writes UTC alone where the clocks show the same, or in a zone that nobody knows', () => {
    for (const timeZone of ['UTC', 'Etc/UTC', 'GMT', 'Europe/London', 'Nowhere/At-All'])
      assert.equal(spoken({ time: now.toISOString() }, { timeZone }), 'Sat 21 Nov, 13:02 UTC', timeZone);
    assert.equal(spoken({ time: now.toISOString() }, { timeZone: 'Mars/Base' }), 'Sat 21 Nov, 13:02 UTC');
  });

  it('names the UTC day when it is another day there', () => {
    assert.match(spoken({ time: '2026-11-21T23:30:00Z' }), /^Sun 22 Nov, 00:30 \(Sat 21 Nov, 23:30 UTC\)$/);
  });

  it('adds the year when it is not this one', () => {
    assert.match(spoken({ time: '2027-01-31T12:00:00Z' }), /2027/);
  });

  it('follows the zone through the change of clocks', () => {
    assert.match(spoken({ time: '2026-07-01T12:00:00Z' }), /14:00 \(12:00 UTC\)/);
  });

  it('tells ages in both directions and in the reader’s language', () => {
    assert.equal(spoken({ age: '2026-11-21T10:02:00Z' }), '3 hours ago');
    assert.equal(spoken({ age: '2026-11-21T13:22:00Z' }), 'in 20 minutes');
    assert.equal(spoken({ age: '2027-01-20T13:01:58Z' }), 'in 60 days');
    assert.equal(spoken({ age: '2026-11-21T13:31:59Z' }), 'in 30 minutes');
    assert.equal(spoken({ age: '2026-11-21T11:02:01Z' }), '1 hour ago');
    assert.equal(spoken({ age: '2026-11-21T10:02:00Z' }, { locale: 'pt-BR' }), 'há 3 horas');
    assert.equal(spoken({ age: '2026-11-21T10:02:00Z' }, { locale: 'it-IT' }), '3 ore fa');
    assert.equal(spoken({ age: '2026-11-21T13:01:40Z' }), 'just now');
  });

  it('tells durations by their two greatest units', () => {
    assert.equal(spoken({ seconds: 1500 }), '25 min');
    assert.equal(spoken({ seconds: 3905 }), '1 hr 5 min');
    assert.equal(spoken({ seconds: 0 }), '0 sec');
    assert.equal(spoken({ seconds: 86_400 * 3 + 59 }), '3 days');
  });

  it('tells sizes in binary units', () => {
    assert.equal(spoken({ bytes: 127 * 1024 ** 3 }), '127 GiB');
    assert.equal(spoken({ bytes: 1.5 * 1024 ** 4 }, { locale: 'it' }), '1,5 TiB');
    assert.equal(spoken({ bytes: 0 }), '0 B');
  });

  it('joins lists as the language does', () => {
    assert.equal(spoken(['a', 'b', 'c']), 'a, b and c'.replace(' and', spokenComma()));
    assert.equal(spoken(['a', 'b'], { locale: 'pt-BR' }), 'a e b');
  });

  it('chooses plural forms by numbers and puts values in as they are', () => {
    const speak = withText('x', '{count, plural, one {# VM} other {# VMs}} in {where}');
    assert.equal(speak(say('x', { count: 1, where: 'rg' })), '1 VM in rg');
    assert.equal(speak(say('x', { count: 3, where: '{count} <b>' })), '3 VMs in {count} <b>');
  });

  it('says a message within a message', () => {
    const speak = withText('x', 'Because: {why}');
    assert.equal(speak(say('x', { why: say('common.just-now') })), 'Because: just now');
  });

  it('takes the texts of an operation from the operation', () => {
    assert.equal(spoken(say('backup.start.title')), 'Back up');
    assert.equal(spoken(say('backup.start.title'), { locale: 'pt-PT' }), 'Fazer backup');
  });

  it('lets a locale folder speak over an operation, so that a language can be added as one folder', () => {
    const en = locales.get('en');
    assert.ok(en);
    const fr = { tag: 'fr', texts: new Map([['backup.start.title', 'Sauvegarder']]), words: undefined };
    const both = createSpeech(practiceOperations, new Map([...locales, ['fr', fr]]));
    const speak = both.speakerFor({ locale: 'fr-CA', timeZone: 'UTC', now });
    assert.equal(speak(say('backup.start.title')), 'Sauvegarder');
    assert.equal(speak(say('backup.start.does')), 'back up a VM now', 'English stands in for what is missing');
  });

  it('shows the id of a message that nobody wrote', () => {
    assert.equal(spoken(say('no.such.message')), 'no.such.message');
  });

  it('lets a text choose when a value is empty or missing', () => {
    const speak = withText('x', 'Not found{what, select, none {} other {: {what}}}.');
    assert.equal(speak(say('x', { what: 'vm' })), 'Not found: vm.');
    assert.equal(speak(say('x', { what: '' })), 'Not found.');
    assert.equal(speak(say('x')), 'Not found.');
  });

  it('returns foreign text and broken times unchanged', () => {
    assert.equal(spoken('vm-{sql}'), 'vm-{sql}');
    assert.equal(spoken({ time: 'soon' }), 'soon');
    assert.equal(spoken({ age: 'old' }), 'old');
  });
});

function spokenComma(): string {
  return new Intl.ListFormat('en').format(['a', 'b', 'c']).includes(', and') ? ', and' : ' and';
}
